package org.postel.wire;

import java.time.Duration;

/** How long a test waits for what must come. */
public final class Patience {

    /** 15 seconds, or {@code -Dpostel.test.patience-seconds}: more where the whole process stands behind all others (GatewayFuzz of local/end-to-end). */
    public static final Duration LONGEST = Duration.ofSeconds(Long.getLong("postel.test.patience-seconds", 15));

    private Patience() {
    }
}
