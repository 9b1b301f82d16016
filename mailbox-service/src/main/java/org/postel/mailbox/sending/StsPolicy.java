package org.postel.mailbox.sending;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.postel.mail.Domain;

/**
 * What another domain says about TLS to its mail servers, as its policy host sent it: MTA-STS, RFC 8461 §3.2.
 *
 * @param domain  whose; canonical
 * @param id      of its record in DNS, 32 characters at most
 * @param text    64 KiB at most
 * @param fetched when it came
 * @param ends    when it counts no longer, a year later at most
 */
public record StsPolicy(String domain, String id, String text, Instant fetched, Instant ends) {

    /** RFC 8461 §3.1. */
    private static final int LONGEST_ID = 32;
    /** Octets: RFC 8461 §3.3. */
    private static final int LONGEST_TEXT = 64 * 1024;
    /** RFC 8461 §3.2. */
    private static final Duration LONGEST_AGE = Duration.ofSeconds(31_557_600);

    /** @throws IllegalArgumentException when it is beyond a limit, or the domain is none */
    public StsPolicy {
        domain = new Domain(domain).canonical();
        if (id.length() > LONGEST_ID || text.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT) {
            throw new IllegalArgumentException("an id has at most " + LONGEST_ID + " characters, and a policy " + LONGEST_TEXT + " octets");
        }
        if (ends.isBefore(fetched) || ends.isAfter(fetched.plus(LONGEST_AGE))) {
            throw new IllegalArgumentException("a policy counts for a year at most");
        }
    }
}
