package org.postel.delivery.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postel.delivery.relay.MailExchangers;
import org.postel.delivery.smtp.Tlsa;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks a resolver. */
public final class DnsExchangers implements MailExchangers {

    private final Lookup lookup;

    /**
     * Contacts nobody yet.
     *
     * @param resolver the server to ask; empty: those of this machine
     * @param validates whether it checks DNSSEC, and nobody is on the way to it
     * @param limit for one answer, with all repetitions
     * @throws IOException when the resolver's name has no address
     */
    public DnsExchangers(Optional<InetSocketAddress> resolver, boolean validates, Duration limit) throws IOException {
        Resolver asked = resolver.isPresent() ? new SimpleResolver(resolver.get()) : new ExtendedResolver();
        asked.setTimeout(limit.dividedBy(2));
        this.lookup = validates ? new ValidatedLookup(asked, limit) : new CachedLookup(asked, limit);
    }

    @Override
    public Answer<Exchanger> exchangers(String domain) throws InterruptedException {
        return ask(domain, Type.MX, record -> {
            MXRecord exchanger = (MXRecord) record;
            return new Exchanger(exchanger.getPriority(), text(exchanger.getTarget()).replaceFirst("^\\.$|^@$", ""));
        });
    }

    @Override
    public Answer<Address> addresses(String host) throws InterruptedException {
        Answer<Address> four = ask(host, Type.A, record -> new Address(text(record.getName()), ((ARecord) record).getAddress()));
        Answer<Address> six = ask(host, Type.AAAA, record -> new Address(text(record.getName()), ((AAAARecord) record).getAddress()));
        List<Address> all = new ArrayList<>();
        boolean allSecure = true;
        for (Answer<Address> answer : List.of(four, six)) {
            if (answer instanceof Answer.Records<Address>(List<Address> records, boolean secure)) {
                all.addAll(records);
                allSecure &= secure;
            }
        }
        if (!all.isEmpty()) {
            return new Answer.Records<>(all, allSecure);
        }
        return four instanceof Answer.Unknown<Address> ? four : six;
    }

    @Override
    public Answer<String> alias(String host) throws InterruptedException {
        return ask(host, Type.CNAME, record -> text(((CNAMERecord) record).getTarget()));
    }

    @Override
    public Answer<Tlsa> certificates(String host, int port) throws InterruptedException {
        return ask("_" + port + "._tcp." + host, Type.TLSA, record -> {
            TLSARecord tlsa = (TLSARecord) record;
            return new Tlsa(tlsa.getCertificateUsage(), tlsa.getSelector(), tlsa.getMatchingType(),
                    HexFormat.of().formatHex(tlsa.getCertificateAssociationData()));
        });
    }

    @Override
    public Answer<String> texts(String name) throws InterruptedException {
        return ask(name, Type.TXT, record -> ((TXTRecord) record).getStringsAsByteArrays().stream()
                .map(octets -> new String(octets, StandardCharsets.ISO_8859_1)).collect(Collectors.joining()));
    }

    private static String text(Name name) {
        return name.toString(true);
    }

    private <T> Answer<T> ask(String name, int type, Function<Record, T> read) throws InterruptedException {
        try {
            return switch (lookup.ask(Name.fromString(name + "."), type)) {
                case Answer.Records<Record>(List<Record> records, boolean secure) ->
                    new Answer.Records<>(records.stream().map(read).toList(), secure);
                case Answer.NoRecords<Record>() -> new Answer.NoRecords<>();
                case Answer.NoName<Record>() -> new Answer.NoName<>();
                case Answer.Unknown<Record>(String why) -> new Answer.Unknown<>(why);
            };
        } catch (TextParseException e) {
            return new Answer.NoName<>();
        }
    }
}
