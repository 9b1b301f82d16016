package org.postel.delivery.relay;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a domain says about TLS to its servers: MTA-STS, RFC 8461 §3.2.
 *
 * @param mode how serious it is
 * @param patterns names of its servers; a star stands for the leftmost label
 * @param maxAge how long it counts
 */
public record StsPolicy(Mode mode, List<String> patterns, Duration maxAge) {

    /** A domain that says nothing. */
    public static final StsPolicy NONE = new StsPolicy(Mode.NONE, List.of(), Duration.ZERO);

    /** RFC 8461 §5. */
    public enum Mode {
        /** Mail waits rather than go to a server that is not one of those, or cannot prove it. */
        ENFORCE,
        /** It goes all the same. */
        TESTING,
        /** There is no policy any more. */
        NONE
    }

    /** An unchangeable copy. */
    public StsPolicy {
        patterns = List.copyOf(patterns);
    }

    /** Whether the server is one of the domain's: RFC 8461 §4.1. */
    public boolean names(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        int label = name.indexOf('.');
        return patterns.stream().map(pattern -> pattern.toLowerCase(Locale.ROOT)).anyMatch(pattern -> pattern.startsWith("*.")
                ? label > 0 && pattern.substring(1).equals(name.substring(label)) : pattern.equals(name));
    }
}
