package org.postel.trust.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SetResponse;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * Asks DNS servers, and remembers answers for their time to live, as many as fit. Blocks the thread that asks: a virtual one. For
 * any number of threads.
 */
public final class DnsResolver implements Dns {

    // RFC 2181 §8 wants no upper limit, but a mistake of a day should not live on for a month.
    private static final int LONGEST_MEMORY = (int) Duration.ofDays(1).toSeconds();
    // RFC 2308 §5: negative answers, hours at most; a record just published should be seen soon.
    private static final int LONGEST_NEGATIVE_MEMORY = (int) Duration.ofMinutes(15).toSeconds();

    // Octets of an answer: a key of 4096 bits fits.
    private static final int LARGEST_REMEMBERED = 2048;

    private final LookupSession session;
    private final Duration limit;

    /**
     * Contacts nobody yet.
     *
     * @param servers who is asked, one after the other; empty: those of this machine
     * @param limit   for one answer, with all repetitions
     * @param memory  most names remembered
     * @throws IOException when a server's name has no address
     */
    public DnsResolver(List<InetSocketAddress> servers, Duration limit, int memory) throws IOException {
        Resolver resolver = resolver(servers);
        resolver.setTimeout(limit.dividedBy(2));
        Cache cache = new SmallAnswers();
        cache.setMaxEntries(memory);
        cache.setMaxCache(LONGEST_MEMORY);
        cache.setMaxNCache(LONGEST_NEGATIVE_MEMORY);
        // Not the default builder: that one reads this machine's hosts file, which says nothing of a stranger's domain.
        this.session = LookupSession.builder().resolver(resolver).cache(cache).build();
        this.limit = limit;
    }

    /** Whoever writes the mail chooses the names, and what they answer: so a bound of names alone is none. */
    private static final class SmallAnswers extends Cache {

        private SmallAnswers() {
            super(DClass.IN);
        }

        @Override
        public SetResponse addMessage(Message answer) {
            return answer.numBytes() > LARGEST_REMEMBERED ? null : super.addMessage(answer);
        }
    }

    private static Resolver resolver(List<InetSocketAddress> servers) throws IOException {
        if (servers.isEmpty()) {
            return new ExtendedResolver();
        }
        List<Resolver> each = new ArrayList<>();
        for (InetSocketAddress server : servers) {
            each.add(new SimpleResolver(server));
        }
        return each.size() == 1 ? each.getFirst() : new ExtendedResolver(each);
    }

    @Override
    public List<InetAddress> addresses(String host, Family family) throws DnsTroubleException {
        return switch (family) {
            case IP4 -> ask(host, Type.A, record -> ((ARecord) record).getAddress());
            case IP6 -> ask(host, Type.AAAA, record -> ((AAAARecord) record).getAddress());
        };
    }

    @Override
    public List<String> texts(String name) throws DnsTroubleException {
        return ask(name, Type.TXT, record -> joined((TXTRecord) record));
    }

    @Override
    public List<String> exchangers(String domain) throws DnsTroubleException {
        return ask(domain, Type.MX, MXRecord.class::cast).stream()
            .sorted(Comparator.comparingInt(MXRecord::getPriority))
            .map(MXRecord::getTarget).filter(target -> !target.equals(Name.root)).map(target -> target.toString(true)).toList();
    }

    @Override
    public List<String> names(InetAddress address) throws DnsTroubleException {
        return ask(ReverseMap.fromAddress(address), Type.PTR, record -> ((PTRRecord) record).getTarget().toString(true));
    }

    private static String joined(TXTRecord record) {
        StringBuilder text = new StringBuilder();
        for (byte[] octets : record.getStringsAsByteArrays()) {
            text.append(new String(octets, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    private <T> List<T> ask(String name, int type, Function<Record, T> read) throws DnsTroubleException {
        try {
            // A backslash begins an escape in dnsjava's notation; no name that a mail may lead to has one.
            return name.indexOf('\\') >= 0 ? List.of() : ask(Name.fromString(name.endsWith(".") ? name : name + "."), type, read);
        } catch (TextParseException e) {
            return List.of();
        }
    }

    private <T> List<T> ask(Name name, int type, Function<Record, T> read) throws DnsTroubleException {
        List<T> found = new ArrayList<>();
        for (Record record : records(name, type)) {
            // The aliases that led there come along.
            if (record.getType() == type) {
                found.add(read.apply(record));
            }
        }
        return found;
    }

    private List<Record> records(Name name, int type) throws DnsTroubleException {
        try {
            return session.lookupAsync(name, type).toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS).getRecords();
        } catch (TimeoutException e) {
            throw new DnsTroubleException("no answer within " + limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DnsTroubleException("interrupted");
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case NoSuchDomainException ignored -> List.of();
                case NoSuchRRSetException ignored -> List.of();
                case Throwable other -> throw new DnsTroubleException(String.valueOf(other.getMessage()));
            };
        }
    }
}
