package org.postel.delivery.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.postel.delivery.outcome.Failures;
import org.postel.delivery.relay.MailExchangers.Answer;
import org.postel.delivery.relay.MailExchangers.Exchanger;
import org.postel.mail.AddressLiteral;
import org.postel.mail.AddressSyntaxException;

/** Next hops by DNS: RFC 5321 §5.1. */
public final class MxHops implements NextHops {

    // RFC 5321 §5.1 asks for at least two addresses to be tried.
    private static final int MAX_EXCHANGERS = 10;
    private static final int MAX_HOPS = 12;

    private final MailExchangers dns;
    private final Ourselves ourselves;
    private final int port;
    private final Random random;

    /**
     * @param port where mail servers listen: 25
     * @param random for the order of servers of one preference
     */
    public MxHops(MailExchangers dns, Ourselves ourselves, int port, Random random) {
        this.dns = dns;
        this.ourselves = ourselves;
        this.port = port;
        this.random = random;
    }

    @Override
    public Found of(String domain) throws InterruptedException {
        if (domain.startsWith("[")) {
            return literal(domain);
        }
        return switch (dns.exchangers(domain)) {
            case Answer.Records<Exchanger>(List<Exchanger> records) -> byExchangers(records);
            // The domain itself, as if it had an MX record of preference 0.
            case Answer.NoRecords<Exchanger>() -> byExchangers(List.of(new Exchanger(0, domain)));
            case Answer.NoName<Exchanger>() -> none("5.1.2", "There is no domain of this name.");
            case Answer.Unknown<Exchanger>(String why) -> none("4.4.3", "The name of the domain could not be looked up: " + why);
        };
    }

    private Found byExchangers(List<Exchanger> records) throws InterruptedException {
        if (records.stream().allMatch(record -> record.name().isEmpty())) {
            return none("5.1.10", "The domain says that it does not take mail.");
        }
        List<Exchanger> order = new ArrayList<>(records);
        order.removeIf(record -> record.name().isEmpty());
        Collections.shuffle(order, random);
        order.sort(Comparator.comparingInt(Exchanger::preference));
        List<Exchanger> tried = order.subList(0, Math.min(MAX_EXCHANGERS, order.size()));
        List<Hop> hops = new ArrayList<>();
        String unknown = "";
        for (Exchanger exchanger : tried) {
            switch (dns.addresses(exchanger.name())) {
                case Answer.Records<InetAddress>(List<InetAddress> addresses) -> {
                    // This one and every one that is no better would only bring the mail back to us.
                    if (ourselves.isHost(exchanger.name()) || addresses.stream().anyMatch(ourselves::isAddress)) {
                        return hops.stream().anyMatch(hop -> preference(order, hop) < exchanger.preference())
                                ? servers(hops.stream().filter(hop -> preference(order, hop) < exchanger.preference()).toList())
                                : none("5.4.6", "The mail server of this domain is this one, which does not know the domain.");
                    }
                    addresses.forEach(address -> hops.add(new Hop(exchanger.name(), new InetSocketAddress(address, port))));
                }
                case Answer.NoRecords<InetAddress>(), Answer.NoName<InetAddress>() -> {
                    // Another exchanger may have an address.
                }
                case Answer.Unknown<InetAddress>(String why) -> unknown = why;
            }
        }
        if (!hops.isEmpty()) {
            return servers(hops);
        }
        return unknown.isEmpty() ? none("5.4.4", "The domain has no mail server with an address.")
                : none("4.4.3", "The address of the mail server could not be looked up: " + unknown);
    }

    private static int preference(List<Exchanger> order, Hop hop) {
        return order.stream().filter(exchanger -> exchanger.name().equals(hop.name())).mapToInt(Exchanger::preference).min()
                .orElse(Integer.MAX_VALUE);
    }

    private Found literal(String domain) {
        try {
            InetAddress address = AddressLiteral.parse(domain.substring(1, domain.length() - 1)).address();
            return ourselves.isAddress(address) ? none("5.4.6", "The address in brackets is this mail server itself.")
                    : servers(List.of(new Hop(domain, new InetSocketAddress(address, port))));
        } catch (AddressSyntaxException e) {
            return none("5.1.3", "What stands behind the @ is not an address.");
        }
    }

    private static Found servers(List<Hop> hops) {
        return new Found.Servers(List.copyOf(hops.subList(0, Math.min(MAX_HOPS, hops.size()))));
    }

    private static Found none(String status, String explanation) {
        return new Found.None(Failures.of(status, explanation));
    }
}
