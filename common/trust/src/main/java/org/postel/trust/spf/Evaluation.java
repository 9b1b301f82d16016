package org.postel.trust.spf;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postel.trust.dns.Dns;
import org.postel.trust.dns.DnsTroubleException;
import org.postel.trust.dns.KnownTexts;

/** One run of check_host(), with all records it leads to: they share the limits of RFC 7208 §4.6.4. */
final class Evaluation {

    private static final int MOST_ASKING_TERMS = 10;
    private static final int MOST_VOID_TERMS = 2;
    private static final int MOST_EXCHANGERS = 10;
    private static final int LONGEST_LABEL = 63;

    private final KnownTexts<SpfRecord> known;
    private final Dns dns;
    private final SpfQuery query;
    private final Dns.Family family;
    private int asking;
    private int nothing;
    private Optional<ReverseNames> reverse = Optional.empty();

    Evaluation(KnownTexts<SpfRecord> known, Dns dns, SpfQuery query) {
        this.known = known;
        this.dns = dns;
        this.query = query;
        this.family = ReverseNames.family(query.client());
    }

    /** The result for a domain: RFC 7208 §4.3 to §4.7. */
    SpfResult host(String domain) throws DnsTroubleException, SpfFaultException {
        if (!askable(domain)) {
            return SpfResult.NONE;
        }
        List<String> records = dns.texts(domain).stream().filter(SpfRecord::isSpf).toList();
        if (records.isEmpty()) {
            return SpfResult.NONE;
        }
        if (records.size() > 1) {
            throw new SpfFaultException("several records");
        }
        return evaluate(known.of(records.getFirst(), SpfRecord::parse), domain);
    }

    // RFC 7208 §4.3: an address literal, a label that is empty or too long, a single label.
    private static boolean askable(String domain) {
        String[] labels = ReverseNames.withoutFinalDot(domain).split("\\.", -1);
        if (labels.length < 2 || domain.startsWith("[")) {
            return false;
        }
        for (String label : labels) {
            if (label.isEmpty() || label.length() > LONGEST_LABEL) {
                return false;
            }
        }
        return true;
    }

    private SpfResult evaluate(SpfRecord record, String domain) throws DnsTroubleException, SpfFaultException {
        for (Directive directive : record.directives()) {
            if (matches(directive.mechanism(), domain)) {
                return directive.qualifier();
            }
        }
        return record.redirect().isPresent() ? redirected(expanded(record.redirect().get(), domain)) : SpfResult.NEUTRAL;
    }

    // RFC 7208 §6.1: without a record there, the one that led there is wrong.
    private SpfResult redirected(String target) throws DnsTroubleException, SpfFaultException {
        countAsking();
        return required(target);
    }

    private SpfResult required(String target) throws DnsTroubleException, SpfFaultException {
        SpfResult result = host(target);
        if (result == SpfResult.NONE) {
            throw new SpfFaultException("no record at " + target);
        }
        return result;
    }

    private boolean matches(Mechanism mechanism, String domain) throws DnsTroubleException, SpfFaultException {
        return switch (mechanism) {
            case Mechanism.All ignored -> true;
            case Mechanism.Ip(Network network) -> network.contains(query.client());
            case Mechanism.Include(MacroString target) -> {
                countAsking();
                yield required(expanded(target, domain)) == SpfResult.PASS;
            }
            case Mechanism.A(Optional<MacroString> target, Prefix prefix) -> {
                countAsking();
                List<InetAddress> hosts = dns.addresses(expanded(target, domain), family);
                countVoid(hosts);
                yield within(hosts, prefix);
            }
            case Mechanism.Mx(Optional<MacroString> target, Prefix prefix) -> {
                countAsking();
                yield within(exchangers(expanded(target, domain)), prefix);
            }
            case Mechanism.Ptr(Optional<MacroString> target) -> {
                countAsking();
                yield reverseNameIn(expanded(target, domain));
            }
            case Mechanism.Exists(MacroString target) -> {
                countAsking();
                // RFC 7208 §5.7: an A record, whatever the client's family.
                List<InetAddress> hosts = dns.addresses(expanded(target, domain), Dns.Family.IP4);
                countVoid(hosts);
                yield !hosts.isEmpty();
            }
        };
    }

    // RFC 7208 §5.4: there is no implicit MX here. A host with addresses of the other family only is no void look-up by itself.
    private List<InetAddress> exchangers(String domain) throws DnsTroubleException, SpfFaultException {
        List<String> exchangers = dns.exchangers(domain);
        if (exchangers.size() > MOST_EXCHANGERS) {
            throw new SpfFaultException("more than ten exchangers");
        }
        List<InetAddress> hosts = new ArrayList<>();
        for (String exchanger : exchangers) {
            hosts.addAll(dns.addresses(exchanger, family));
        }
        countVoid(hosts);
        return hosts;
    }

    private boolean within(List<InetAddress> hosts, Prefix prefix) {
        int bits = family == Dns.Family.IP4 ? prefix.ip4() : prefix.ip6();
        return hosts.stream().anyMatch(host -> new Network(host, bits).contains(query.client()));
    }

    // RFC 7208 §5.5: trouble with the reverse name is no match.
    private boolean reverseNameIn(String domain) throws SpfFaultException {
        String wanted = ReverseNames.withoutFinalDot(domain.toLowerCase(Locale.ROOT));
        ReverseNames names = reverseNames();
        if (names.asked() == 0) {
            countVoid(List.of());
        }
        return names.validated().stream().anyMatch(name -> name.equals(wanted) || name.endsWith("." + wanted));
    }

    private ReverseNames reverseNames() {
        if (reverse.isEmpty()) {
            try {
                reverse = Optional.of(ReverseNames.of(query.client(), dns));
            } catch (DnsTroubleException e) {
                reverse = Optional.of(new ReverseNames(1, List.of()));
            }
        }
        return reverse.get();
    }

    private String expanded(Optional<MacroString> target, String domain) {
        return target.map(macro -> expanded(macro, domain)).orElse(domain);
    }

    private String expanded(MacroString target, String domain) {
        return new Expansion(query, domain, () -> reverseNames().validated()).name(target);
    }

    private void countAsking() throws SpfFaultException {
        if (++asking > MOST_ASKING_TERMS) {
            throw new SpfFaultException("more than ten terms that ask");
        }
    }

    private void countVoid(List<InetAddress> answer) throws SpfFaultException {
        if (answer.isEmpty() && ++nothing > MOST_VOID_TERMS) {
            throw new SpfFaultException("more than two terms that found nothing");
        }
    }
}
