package org.postel.wire;

import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import org.jboss.logging.Logger.Level;

/** Why a connection ended, and how loudly the log says so: what a client can cause is never louder than INFO. */
public enum CloseCause {
    /** The session came to its end. */
    FINISHED(Level.DEBUG),
    /** The peer closed or reset the connection. */
    PEER_GONE(Level.DEBUG),
    /** The peer sent nothing for too long. */
    IDLE(Level.DEBUG),
    /** The peer did not read. */
    NOT_READING(Level.INFO),
    /** This process is on its way out. */
    DRAINED(Level.DEBUG),
    /** The handshake failed. */
    TLS_FAILED(Level.DEBUG),
    /** Octets in clear after the command that starts TLS. */
    INJECTION(Level.INFO),
    /** An error of the network that is none of the above. */
    IO(Level.DEBUG),
    /** An error of ours. */
    BUG(Level.ERROR);

    private final Level level;

    CloseCause(Level level) {
        this.level = level;
    }

    public Level level() {
        return level;
    }

    /** The rung of the ladder for what a session threw. */
    public static CloseCause of(Throwable thrown) {
        return switch (thrown) {
            case PeerGoneException gone -> PEER_GONE;
            case IdleTimeoutException idle -> IDLE;
            case WriteTimeoutException slow -> NOT_READING;
            case DrainingException draining -> DRAINED;
            case TlsFailedException tls -> TLS_FAILED;
            case NotSslRecordException tls -> TLS_FAILED;
            case PlaintextInjectionException injection -> INJECTION;
            case IOException io -> IO;
            default -> BUG;
        };
    }
}
