package org.postel.smtp.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.postel.smtp.command.Inspector;
import org.postel.smtp.trust.DmarcHandling;
import org.postel.smtp.trust.TrustInspector;
import org.postel.smtp.trust.Untouched;
import org.postel.trust.ForgedResults;
import org.postel.trust.Judge;
import org.postel.trust.dns.Dns;
import org.postel.trust.dns.DnsResolver;

/** Makes what judges mail, as it is configured. */
final class Inspectors {

    private Inspectors() {
    }

    /**
     * Whoever is asked about names; contacts nobody yet.
     *
     * @throws IllegalArgumentException naming the first property that makes no sense
     */
    static Dns dns(TrustConfig config) throws IOException {
        check(config);
        List<InetSocketAddress> servers = config.dnsServers().orElse(List.of()).stream().map(Inspectors::server).toList();
        return new DnsResolver(servers, config.dnsTimeout(), config.dnsMemory());
    }

    /** @param headerLimit most octets of a header */
    static Inspector of(TrustConfig config, Dns dns, String hostname, int headerLimit, Clock clock) {
        if (!config.enabled()) {
            return (envelope, peer, out, budget) -> new Untouched(out);
        }
        String authservId = config.authservId().orElse(hostname);
        Judge judge = new Judge(authservId, dns, config.timeLimit(), config.dmarc() != DmarcHandling.NONE, clock);
        return new TrustInspector(judge, new ForgedResults(authservId), config.dmarc(), config.checkLoopback(), headerLimit);
    }

    private static void check(TrustConfig config) {
        require(config.authservId().orElse("x").matches("[A-Za-z0-9._-]{1,255}"), "authserv-id must be a name of letters, digits, dots and hyphens");
        require(config.dnsTimeout().compareTo(Duration.ofMillis(10)) >= 0, "dns-timeout must be at least 10 ms");
        require(config.timeLimit().compareTo(config.dnsTimeout()) >= 0, "time-limit must be at least the dns-timeout");
        require(config.dnsMemory() > 0, "dns-memory must be at least 1");
    }

    private static void require(boolean sane, String message) {
        if (!sane) {
            throw new IllegalArgumentException("postel.smtp.trust." + message);
        }
    }

    // An address and no name: who would be asked for that?
    private static InetSocketAddress server(String text) {
        try {
            int colon = text.lastIndexOf(':');
            return new InetSocketAddress(InetAddress.ofLiteral(text.substring(0, colon).replaceAll("^\\[|]$", "")), Integer.parseInt(text.substring(colon + 1)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("postel.smtp.trust.dns-servers must be addresses with ports, not " + text, e);
        }
    }
}
