package org.postel.smtp.server;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.postel.smtp.command.Assessment.Voucher;
import org.postel.smtp.filter.Blocklist;
import org.postel.smtp.filter.Infected;
import org.postel.smtp.filter.OnFailure;
import org.postel.smtp.filter.ServiceAddress;
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

    /** Rspamd. */
    Rspamd rspamd();

    /** Rspamd, over its HTTP protocol: junk goes to Junk with X-Spam-Flag, what it wants rejected is refused. */
    interface Rspamd {

        /** Its normal worker, as host:port or the path of a socket; not set: mail is not scanned. */
        Optional<ServiceAddress> address();

        /** Longest wait for each step: connecting, its taking of a piece, its answer. */
        @WithDefault("10s")
        Duration timeLimit();

        /** Most octets of a message that is scanned; a larger one comes in. */
        @WithDefault("50M")
        MemorySize maxSize();

        /** What becomes of mail that it could not look at: pass (it comes in), or tempfail (451). */
        @WithDefault("pass")
        OnFailure onFailure();
    }

    /** ClamAV. */
    Clamd clamd();

    /** ClamAV's daemon: its StreamMaxLength must be no less than the size of messages. */
    interface Clamd {

        /** Where it listens, as host:port or the path of a socket; not set: mail is not scanned. */
        Optional<ServiceAddress> address();

        /** Longest wait for each step: connecting, its taking of a piece, its answer. */
        @WithDefault("60s")
        Duration timeLimit();

        /** Most octets of a message that is scanned; a larger one comes in. */
        @WithDefault("50M")
        MemorySize maxSize();

        /** What becomes of mail that it could not look at: pass (it comes in), or tempfail (451). */
        @WithDefault("tempfail")
        OnFailure onFailure();

        /** What becomes of mail with malware in it: reject, or junk, which is told in X-Virus. */
        @WithDefault("reject")
        Infected infected();
    }

    /** Greylisting. */
    Greylisting greylist();

    /** Greylisting (RFC 6647): who brings mail for the first time is asked to come again; all gateways share what they know. */
    interface Greylisting {

        /** Whether it is done. */
        @WithDefault("false")
        boolean enabled();

        /** How long a sender must wait before it comes again. */
        @WithDefault("5m")
        Duration delay();

        /** In which time it must have come again; RFC 5321 §4.5.4.1 has senders try for 4 to 5 days, and most do for one at least. */
        @WithDefault("2d")
        Duration window();

        /** How long it is remembered who has come again, 400 days at most. */
        @WithDefault("36d")
        Duration memory();

        /** With so many triplets of network, sender and recipient that passed, a network (IPv4 /24, IPv6 /64) is asked no more; 0: never. */
        @WithDefault("5")
        int networksAfter();

        /** Who need not come again: senders with a pass of SPF, or of DKIM; with an empty value nobody. */
        @WithDefault("SPF,DKIM")
        Optional<Set<Voucher>> spare();

        /** Longest wait for mailbox-service; then the mail may come in. */
        @WithDefault("2s")
        Duration timeLimit();
    }
}
