package org.postel.delivery.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.postel.delivery.outcome.Failures;
import org.postel.delivery.relay.MailExchangers.Address;
import org.postel.delivery.relay.MailExchangers.Answer;
import org.postel.delivery.relay.MailExchangers.Exchanger;
import org.postel.delivery.smtp.TlsPolicy;
import org.postel.mail.AddressLiteral;
import org.postel.mail.AddressSyntaxException;
import org.postel.queue.v1.Failure;

/** Next hops by DNS: RFC 5321 §5.1. */
public final class MxHops implements NextHops {

    // RFC 5321 §5.1 asks for at least two addresses to be tried.
    private static final int MAX_EXCHANGERS = 10;
    private static final int MAX_HOPS = 12;

    private final MailExchangers dns;
    private final Ourselves ourselves;
    private final ConnectionSecurity security;
    private final int port;
    private final Random random;

    /**
     * @param security of connections to them
     * @param port where mail servers listen: 25
     * @param random for the order of servers of one preference
     */
    public MxHops(MailExchangers dns, Ourselves ourselves, ConnectionSecurity security, int port, Random random) {
        this.dns = dns;
        this.ourselves = ourselves;
        this.security = security;
        this.port = port;
        this.random = random;
    }

    @Override
    public Found of(String domain, TlsNeed need) throws InterruptedException {
        if (domain.startsWith("[")) {
            return literal(domain, need);
        }
        return switch (dns.exchangers(domain)) {
            case Answer.Records<Exchanger>(List<Exchanger> records, boolean secure) -> byExchangers(domain, need, records, secure);
            // The domain itself, as if it had an MX record of preference 0.
            case Answer.NoRecords<Exchanger>() -> byExchangers(domain, need, List.of(new Exchanger(0, domain)), false);
            case Answer.NoName<Exchanger>() -> none("5.1.2", "There is no domain of this name.");
            case Answer.Unknown<Exchanger>(String why) -> none("4.4.3", "The name of the domain could not be looked up: " + why);
        };
    }

    private Found byExchangers(String domain, TlsNeed need, List<Exchanger> records, boolean secure) throws InterruptedException {
        if (records.stream().allMatch(record -> record.name().isEmpty())) {
            return none("5.1.10", "The domain says that it does not take mail.");
        }
        List<Exchanger> order = new ArrayList<>(records);
        order.removeIf(record -> record.name().isEmpty());
        Collections.shuffle(order, random);
        order.sort(Comparator.comparingInt(Exchanger::preference));
        Candidates candidates = new Candidates(domain, secure, need);
        for (Exchanger exchanger : order.subList(0, Math.min(MAX_EXCHANGERS, order.size()))) {
            if (!candidates.add(exchanger)) {
                break;
            }
        }
        return candidates.found();
    }

    /** The servers of one domain, as they are looked up. */
    private final class Candidates {
        private final String domain;
        private final boolean secure;
        private final TlsNeed need;
        private final StsPolicy policy;
        private List<Hop> hops = new ArrayList<>();
        private Failure obstacle = Failures.of("5.4.4", "The domain has no mail server with an address.");

        private Candidates(String domain, boolean secure, TlsNeed need) throws InterruptedException {
            this.domain = domain;
            this.secure = secure;
            this.need = need;
            this.policy = need == TlsNeed.NOT_REQUIRED ? StsPolicy.NONE : security.policyOf(domain);
        }

        /** Whether the next one may be added too. */
        private boolean add(Exchanger exchanger) throws InterruptedException {
            switch (dns.addresses(exchanger.name())) {
                case Answer.Records<Address>(List<Address> addresses, boolean hostSecure) -> {
                    if (ourselves.isHost(exchanger.name()) || addresses.stream().map(Address::address).anyMatch(ourselves::isAddress)) {
                        // This one and every one that is no better would only bring the mail back to us.
                        hops = hops.stream().filter(hop -> hop.preference() < exchanger.preference()).toList();
                        obstacle(loop("The mail server of this domain is this one, which does not know the domain."));
                        return false;
                    }
                    add(exchanger, addresses, hostSecure);
                }
                case Answer.NoRecords<Address>(), Answer.NoName<Address>() -> {
                    // Another exchanger may have an address.
                }
                case Answer.Unknown<Address>(String why) ->
                    obstacle(Failures.of("4.4.3", "The address of the mail server could not be looked up: " + why));
            }
            return true;
        }

        private void add(Exchanger exchanger, List<Address> addresses, boolean hostSecure) throws InterruptedException {
            ConnectionSecurity.Server server = new ConnectionSecurity.Server(domain, secure, exchanger.name(), addresses.getFirst().owner(), port,
                    hostSecure);
            switch (security.of(server, policy, need)) {
                case ConnectionSecurity.Decision.Use(TlsPolicy tls) -> addresses.forEach(address -> hops.add(
                        new Hop(exchanger.name(), new InetSocketAddress(address.address(), port), exchanger.preference(), tls)));
                case ConnectionSecurity.Decision.Avoid(Failure failure) -> obstacle(failure);
            }
        }

        /** What is so for now only decides: that server may take the mail later. */
        private void obstacle(Failure failure) {
            obstacle = obstacle.getStatus().startsWith("4") ? obstacle : failure;
        }

        private Found found() {
            return hops.isEmpty() ? new Found.None(obstacle) : servers(hops);
        }
    }

    private Found literal(String domain, TlsNeed need) {
        try {
            InetAddress address = AddressLiteral.parse(domain.substring(1, domain.length() - 1)).address();
            return ourselves.isAddress(address) ? new Found.None(loop("The address in brackets is this mail server itself."))
                    : servers(List.of(new Hop(domain, new InetSocketAddress(address, port), 0, security.fixed(need))));
        } catch (AddressSyntaxException e) {
            return none("5.1.3", "What stands behind the @ is not an address.");
        }
    }

    private static Found servers(List<Hop> hops) {
        return new Found.Servers(List.copyOf(hops.subList(0, Math.min(MAX_HOPS, hops.size()))));
    }

    private static Failure loop(String explanation) {
        return Failures.of("5.4.6", explanation);
    }

    private static Found none(String status, String explanation) {
        return new Found.None(Failures.of(status, explanation));
    }
}
