package org.postel.delivery.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.postel.delivery.dns.DnsExchangers;
import org.postel.delivery.relay.ConnectionSecurity;
import org.postel.delivery.relay.DomainPolicies;
import org.postel.delivery.relay.FixedHops;
import org.postel.delivery.relay.MailExchangers;
import org.postel.delivery.relay.MxHops;
import org.postel.delivery.relay.NextHops;
import org.postel.delivery.relay.Ourselves;
import org.postel.delivery.relay.StsPolicy;
import org.postel.delivery.relay.TlsDefault;
import org.postel.delivery.relay.TlsNeed;
import org.postel.delivery.smtp.Authorities;
import org.postel.delivery.sts.KeptPolicies;
import org.postel.delivery.sts.PolicyHosts;
import org.postel.delivery.sts.RememberedPolicies;

/** Where mail for other domains goes, and how: put together of what the operator set. */
final class NextServers implements NextHops, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(NextServers.class);

    private final PolicyHosts policyHosts;
    private final NextHops hops;

    NextServers(DeliveryConfig config, String hostname, KeptPolicies kept, Clock clock) throws IOException {
        DeliveryConfig.Relay relay = config.relay();
        Optional<InetSocketAddress> resolver = config.dns().resolver().map(text -> hostPort("postel.delivery.dns.resolver", text));
        // A name that has no address is not on loopback either.
        if (config.dns().validates() && !resolver.map(InetSocketAddress::getAddress).map(InetAddress::isLoopbackAddress).orElse(false)) {
            throw new IllegalArgumentException("postel.delivery.dns.validates: postel.delivery.dns.resolver is not on loopback,"
                    + " and on the way from another host anybody could say that DNSSEC proved something");
        }
        LOG.info(dane(config));
        MailExchangers dns = new DnsExchangers(resolver, config.dns().validates(), config.dns().timeout());
        Authorities authorities = relay.authorities().isPresent() ? Authorities.of(relay.authorities().get()) : Authorities.ofJava();
        Optional<InetSocketAddress> proxy = config.mtaSts().proxy().map(text -> hostPort("postel.delivery.mta-sts.proxy", text));
        this.policyHosts = new PolicyHosts(authorities, proxy, config.mtaSts().fetchTimeout());
        DomainPolicies policies = config.mtaSts().enabled() ? new RememberedPolicies(dns, policyHosts, kept, clock) : domain -> StsPolicy.NONE;
        ConnectionSecurity security = new ConnectionSecurity(relay.tls(), dns, policies, authorities);
        this.hops = new FixedHops(config.nextHops(), new MxHops(dns, ourselves(relay, hostname), security, relay.port(),
                new SecureRandom()), security);
    }

    @Override
    public Found of(String domain, TlsNeed need) throws InterruptedException {
        return hops.of(domain, need);
    }

    @Override
    public void close() {
        policyHosts.close();
    }

    /** Whether an operator relies on DANE that is not there is to be seen at the start. */
    private static String dane(DeliveryConfig config) {
        if (config.relay().tls() == TlsDefault.OFF) {
            return "DANE is off: postel.delivery.relay.tls is off";
        }
        return config.dns().validates() ? "DANE is on: the resolver " + config.dns().resolver().orElseThrow() + " is trusted to check DNSSEC (AD bit)"
                : "DANE is off: postel.delivery.dns.validates is not set, so no resolver is trusted to check DNSSEC";
    }

    private static Ourselves ourselves(DeliveryConfig.Relay relay, String hostname) {
        Set<String> names = new HashSet<>(relay.ownNames().orElse(List.of()));
        names.add(hostname);
        names.addAll(relay.ehloNames().values());
        Set<InetAddress> addresses = new HashSet<>();
        for (String address : relay.ownAddresses().orElse(List.of())) {
            addresses.add(literal(address));
        }
        return new Ourselves(names, addresses, !relay.toLoopback());
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("postel.delivery.relay.own-addresses: not an IP address: " + address, e);
        }
    }

    private static InetSocketAddress hostPort(String property, String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            throw new IllegalArgumentException(property + ": not host:port: " + text);
        }
        return new InetSocketAddress(text.substring(0, colon).replaceAll("^\\[|]$", ""),
                Integer.parseInt(text.substring(colon + 1)));
    }
}
