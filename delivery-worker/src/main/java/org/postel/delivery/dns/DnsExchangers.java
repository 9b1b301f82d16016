package org.postel.delivery.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.postel.delivery.relay.MailExchangers;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/** Asks a resolver, with a cache of its own that honours the time to live. */
public final class DnsExchangers implements MailExchangers {

    private final LookupSession session;
    private final Duration limit;

    /**
     * Contacts nobody yet.
     *
     * @param resolver the server to ask; empty: those of this machine
     * @param limit for one answer, with all repetitions
     * @throws IOException when the resolver's name has no address
     */
    public DnsExchangers(Optional<InetSocketAddress> resolver, Duration limit) throws IOException {
        Resolver asked = resolver.isPresent() ? new SimpleResolver(resolver.get()) : new ExtendedResolver();
        asked.setTimeout(limit.dividedBy(2));
        this.session = LookupSession.defaultBuilder().resolver(asked).build();
        this.limit = limit;
    }

    @Override
    public Answer<Exchanger> exchangers(String domain) throws InterruptedException {
        return ask(domain, Type.MX, record -> {
            MXRecord exchanger = (MXRecord) record;
            return new Exchanger(exchanger.getPriority(), exchanger.getTarget().toString(true).replaceFirst("^\\.$|^@$", ""));
        });
    }

    @Override
    public Answer<InetAddress> addresses(String host) throws InterruptedException {
        Answer<InetAddress> four = ask(host, Type.A, record -> ((ARecord) record).getAddress());
        Answer<InetAddress> six = ask(host, Type.AAAA, record -> ((AAAARecord) record).getAddress());
        List<InetAddress> all = new ArrayList<>();
        if (four instanceof Answer.Records<InetAddress>(List<InetAddress> records)) {
            all.addAll(records);
        }
        if (six instanceof Answer.Records<InetAddress>(List<InetAddress> records)) {
            all.addAll(records);
        }
        if (!all.isEmpty()) {
            return new Answer.Records<>(all);
        }
        return four instanceof Answer.Unknown<InetAddress> ? four : six;
    }

    private <T> Answer<T> ask(String name, int type, Function<Record, T> read) throws InterruptedException {
        try {
            LookupResult result = session.lookupAsync(Name.fromString(name + "."), type).toCompletableFuture()
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
            List<T> records = result.getRecords().stream().filter(record -> record.getType() == type).map(read).toList();
            return records.isEmpty() ? new Answer.NoRecords<>() : new Answer.Records<>(records);
        } catch (TextParseException e) {
            return new Answer.NoName<>();
        } catch (TimeoutException e) {
            return new Answer.Unknown<>("no answer within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case NoSuchDomainException ignored -> new Answer.NoName<>();
                case NoSuchRRSetException ignored -> new Answer.NoRecords<>();
                case Throwable other -> new Answer.Unknown<>(String.valueOf(other.getMessage()));
            };
        }
    }
}
