package org.postel.mailbox.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.postel.mailbox.zone.ZoneSettings;

/** What our domains publish in DNS, as ./postel dns shows it, and who is asked whether they do. */
@ConfigMapping(prefix = "postel.mailbox.dns")
public interface DnsConfig {

    /** The hosts that take mail, the most preferred first; not set: the host name. */
    Optional<List<String>> exchangers();

    /** The host that mail programs connect to; not set: the host name. */
    Optional<String> clientHost();

    /** The SPF record (RFC 7208) of each domain. */
    @WithDefault("v=spf1 mx -all")
    String spf();

    /** The DMARC record (RFC 9989); {domain} stands for the domain. */
    @WithDefault("v=DMARC1; p=quarantine; rua=mailto:postmaster@{domain}")
    String dmarc();

    /** The record for reports about TLS (RFC 8460). */
    @WithDefault("v=TLSRPTv1; rua=mailto:postmaster@{domain}")
    String tlsReports();

    /** The server to ask, as host:port; not set: those of this machine. */
    Optional<String> resolver();

    /** Longest wait for one answer, repetitions included. */
    @WithDefault("5s")
    Duration timeout();

    /** As the zone package takes it. */
    default ZoneSettings settings(String hostname) {
        return new ZoneSettings(hostname, exchangers().orElse(List.of(hostname)), clientHost().orElse(hostname), spf(), dmarc(), tlsReports());
    }

    /** Where {@link #resolver} is. */
    default Optional<InetSocketAddress> server() {
        return resolver().map(text -> {
            int colon = text.lastIndexOf(':');
            if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}")) {
                throw new IllegalArgumentException("postel.mailbox.dns.resolver: not host:port: " + text);
            }
            return new InetSocketAddress(text.substring(0, colon).replaceAll("^\\[|]$", ""), Integer.parseInt(text.substring(colon + 1)));
        });
    }
}
