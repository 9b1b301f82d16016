package org.postel.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.jboss.logging.Logger.Level;
import org.junit.jupiter.api.Test;

class CloseCauseTest {

    @Test
    void everyEndHasItsRung() {
        Map<Throwable, CloseCause> ladder = Map.of(
                new PeerGoneException(""), CloseCause.PEER_GONE,
                new IdleTimeoutException(""), CloseCause.IDLE,
                new WriteTimeoutException(""), CloseCause.NOT_READING,
                new DrainingException(), CloseCause.DRAINED,
                new TlsFailedException(new IOException()), CloseCause.TLS_FAILED,
                new PlaintextInjectionException(), CloseCause.INJECTION,
                new IOException(), CloseCause.IO,
                new IllegalStateException(), CloseCause.BUG,
                new StackOverflowError(), CloseCause.BUG);
        ladder.forEach((thrown, cause) -> assertEquals(cause, CloseCause.of(thrown)));
    }

    @Test
    void nothingThatAClientCausesIsLouderThanInfo() {
        for (CloseCause cause : CloseCause.values()) {
            assertTrue(cause == CloseCause.BUG || cause.level().compareTo(Level.INFO) >= 0, cause.name());
        }
    }
}
