package org.postel.mailbox.zone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/** What DNS says now: nothing is remembered here. Blocks the thread that asks. */
public final class LiveDns {

    private final LookupSession session;
    private final Duration limit;

    /**
     * Contacts nobody yet.
     *
     * @param server who is asked; empty: those of this machine
     * @param limit  for one answer, with all repetitions
     */
    public LiveDns(Optional<InetSocketAddress> server, Duration limit) throws IOException {
        Resolver resolver = server.isPresent() ? new SimpleResolver(server.get()) : new ExtendedResolver();
        resolver.setTimeout(limit.dividedBy(2));
        this.session = LookupSession.builder().resolver(resolver).build();
        this.limit = limit;
    }

    /**
     * The values of a name's records of a type, as {@link ZoneRecord} writes them but in lower case where that means the same.
     *
     * @throws IOException when there is no answer
     */
    public List<String> values(String name, String type) throws IOException {
        try {
            return session.lookupAsync(Name.fromString(name + "."), Type.value(type)).toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .getRecords().stream().filter(record -> record.getType() == Type.value(type)).map(LiveDns::value).toList();
        } catch (TextParseException e) {
            return List.of();
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + limit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case NoSuchDomainException ignored -> List.of();
                case NoSuchRRSetException ignored -> List.of();
                case Throwable other -> throw new IOException(String.valueOf(other.getMessage()), e);
            };
        }
    }

    private static String value(Record record) {
        return record instanceof TXTRecord text
                ? text.getStringsAsByteArrays().stream().map(octets -> new String(octets, StandardCharsets.ISO_8859_1)).collect(Collectors.joining())
                : record.rdataToString().toLowerCase(Locale.ROOT);
    }
}
