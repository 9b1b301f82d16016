package org.postel.imap.server;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.MailboxServiceException;

/** Asks mailbox-service now and then whether it can do its work; readiness tells what it said last. */
@Singleton
class Probe {

    private static final Logger LOG = Logger.getLogger(Probe.class);

    private final ImapConfig config;
    private final Backends backends;
    private volatile boolean running;
    private volatile boolean reachable;
    private volatile Optional<Thread> prober = Optional.empty();

    Probe(ImapConfig config, Backends backends) {
        this.config = config;
        this.backends = backends;
    }

    void start() {
        running = true;
        prober = Optional.of(Thread.ofVirtual().name("probe").start(this::run));
    }

    void stop() {
        running = false;
        prober.ifPresent(Thread::interrupt);
    }

    /** Ports are open and the process is not draining. */
    boolean running() {
        return running;
    }

    boolean reachable() {
        return reachable;
    }

    private void run() {
        try {
            while (running) {
                boolean now = answers();
                if (now != reachable) {
                    LOG.infof("mailbox-service is %s", now ? "ready" : "not ready");
                }
                reachable = now;
                Thread.sleep(config.probeInterval());
            }
        } catch (InterruptedException e) {
            LOG.trace("no longer probing");
        }
    }

    private boolean answers() {
        try {
            return backends.client().directory().ready();
        } catch (MailboxServiceException e) {
            LOG.debugf("mailbox-service not reachable: %s", e.getMessage());
            return false;
        }
    }
}
