package org.postel.smtp.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.postel.smtp.trust.DmarcHandling;

/** How mail that comes without a login is judged: SPF, DKIM, DMARC and the reverse name of its sender's host. */
@ConfigMapping(prefix = "postel.smtp.trust")
public interface TrustConfig {

    /** Whether it is judged at all; if not, Authentication-Results that claim to be ours are not removed either. */
    @WithDefault("true")
    boolean enabled();

    /** Our name in Authentication-Results (RFC 8601 §2.5), the same on every gateway; not set: the host name. */
    Optional<String> authservId();

    /** What follows when the author's domain disowns a mail: none (DMARC is not looked at), mark (it is told in Authentication-Results), quarantine (also to Junk), reject (also refused if that domain wants it). */
    @WithDefault("mark")
    DmarcHandling dmarc();

    /** The DNS servers to ask, as address:port; not set: those of this machine. */
    Optional<List<String>> dnsServers();

    /** Longest wait for one answer of DNS, repetitions included. */
    @WithDefault("5s")
    Duration dnsTimeout();

    /** Most names whose answers are remembered, each for its time to live, answers of more than 2 KiB never. */
    @WithDefault("10000")
    int dnsMemory();

    /** Time to wait for DNS in each check of one mail (RFC 7208 §4.6.4: at least 20 s); what is open then is a temporary error. */
    @WithDefault("20s")
    Duration timeLimit();

    /** Whether mail from this machine's loopback interface is judged too; no domain vouches for that address, so only a test wants it. */
    @WithDefault("false")
    boolean checkLoopback();
}
