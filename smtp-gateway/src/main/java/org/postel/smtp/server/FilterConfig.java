package org.postel.smtp.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.postel.smtp.filter.Blocklist;
import org.postel.wire.Network;

/** What else mail must pass, where an operator wants it. */
@ConfigMapping(prefix = "postel.smtp.filter")
public interface FilterConfig {

    /** Networks whose clients are no strangers: neither blocklists nor greylisting are for them, as they are not for logins, LMTP and loopback. */
    Optional<List<Network>> spared();

    /** Blocklists of addresses in DNS. */
    Dnsbl dnsbl();

    /** Blocklists of addresses in DNS (RFC 5782). */
    interface Dnsbl {

        /** The lists to ask, each as zone or zone=weight; the weight is 1 unless given, and less than 0 for lists of good addresses. */
        Optional<List<Blocklist>> zones();

        /** Weight from which on mail is refused at RCPT; not set: never. */
        OptionalInt rejectAt();

        /** Weight from which on mail goes to Junk; not set: never. */
        OptionalInt junkAt();

        /** Longest wait for all lists together; who has not answered then lists nobody. */
        @WithDefault("3s")
        Duration timeLimit();
    }
}
