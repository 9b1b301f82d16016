package org.postel.wire;

import java.io.IOException;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Runs one connection's handler, counts it, and says in one line how it ended. */
final class Session {

    private static final Logger LOG = Logger.getLogger(Session.class);

    private final SocketConnection connection;
    private final ConnectionHandler handler;
    private final WireMetrics metrics;

    Session(SocketConnection connection, ConnectionHandler handler, WireMetrics metrics) {
        this.connection = connection;
        this.handler = handler;
        this.metrics = metrics;
    }

    void run() {
        MDC.put("session", connection.id());
        var counted = metrics.opened(connection);
        try {
            handler.serve(connection);
            LOG.debugf("connection of %s ended: %s", connection.remote(), CloseCause.FINISHED);
        } catch (IOException e) {
            log(e);
        } catch (RuntimeException | Error e) {
            log(e);
        } finally {
            counted.close();
            MDC.remove("session");
        }
    }

    private void log(Throwable thrown) {
        CloseCause cause = CloseCause.of(thrown);
        String text = "connection of " + connection.remote() + " ended: " + cause + ", " + thrown.getMessage();
        if (cause == CloseCause.BUG) {
            LOG.log(cause.level(), text, thrown);
        } else {
            LOG.log(cause.level(), text);
        }
    }
}
