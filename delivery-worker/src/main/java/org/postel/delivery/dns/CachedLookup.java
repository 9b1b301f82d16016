package org.postel.delivery.dns;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postel.delivery.relay.MailExchangers.Answer;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/** With a cache of its own that honours the time to live. Nothing it says is secure. */
final class CachedLookup implements Lookup {

    private final LookupSession session;
    private final Duration limit;

    CachedLookup(Resolver resolver, Duration limit) {
        this.session = LookupSession.defaultBuilder().resolver(resolver).build();
        this.limit = limit;
    }

    @Override
    public Answer<Record> ask(Name name, int type) throws InterruptedException {
        try {
            List<Record> records = session.lookupAsync(name, type).toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .getRecords().stream().filter(record -> record.getType() == type).toList();
            return records.isEmpty() ? new Answer.NoRecords<>() : new Answer.Records<>(records, false);
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
