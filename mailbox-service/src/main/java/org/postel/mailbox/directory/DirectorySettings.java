package org.postel.mailbox.directory;

import java.time.Duration;
import java.util.Optional;

/**
 * How addresses are looked up.
 *
 * @param separator  between user and detail in a local part; empty for none
 * @param postmaster where every domain's postmaster mail goes; empty: to the first account of the domain
 * @param hostname   the name this platform greets with; mail for its postmaster is ours
 * @param remembered how long an answer may be old
 * @param rewriteSenders whether forwarded mail goes on in the name of the domain that forwards it
 */
public record DirectorySettings(String separator, Optional<String> postmaster, String hostname, Duration remembered,
                                boolean rewriteSenders) {

    public DirectorySettings {
        if (postmaster.isPresent() && CanonicalAddress.of(postmaster.get()).isEmpty()) {
            throw new IllegalArgumentException("postmaster is not an address");
        }
    }
}
