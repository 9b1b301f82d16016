package org.postel.delivery.dns;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postel.delivery.relay.MailExchangers.Answer;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Believes a resolver that checks DNSSEC, and has a cache, where it says that an answer is proved: the AD bit, RFC 4035 §3.2.3.
 * What is proved wrong comes as SERVFAIL, and is no answer.
 */
final class ValidatedLookup implements Lookup {

    private static final int MOST_ALIASES = 12;

    private final Resolver resolver;
    private final Duration limit;

    ValidatedLookup(Resolver resolver, Duration limit) {
        this.resolver = resolver;
        this.limit = limit;
    }

    @Override
    public Answer<Record> ask(Name name, int type) throws InterruptedException {
        Message question = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        // RFC 6840 §5.7: asks for the bit in the answer.
        question.getHeader().setFlag(Flags.AD);
        try {
            return read(resolver.sendAsync(question).toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS), name, type);
        } catch (TimeoutException e) {
            return new Answer.Unknown<>("no answer within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            return new Answer.Unknown<>(String.valueOf(e.getCause().getMessage()));
        }
    }

    private static Answer<Record> read(Message answer, Name name, int type) {
        int code = answer.getHeader().getRcode();
        if (code == Rcode.NXDOMAIN) {
            return new Answer.NoName<>();
        }
        if (code != Rcode.NOERROR) {
            return new Answer.Unknown<>("the resolver says " + Rcode.string(code));
        }
        Name end = type == Type.CNAME ? name : end(answer, name);
        List<Record> records = answer.getSection(Section.ANSWER).stream()
                .filter(record -> record.getType() == type && record.getName().equals(end)).toList();
        return records.isEmpty() ? new Answer.NoRecords<>() : new Answer.Records<>(records, answer.getHeader().getFlag(Flags.AD));
    }

    private static Name end(Message answer, Name name) {
        Name owner = name;
        Optional<Name> alias = alias(answer, owner);
        for (int i = 0; i < MOST_ALIASES && alias.isPresent(); i++) {
            owner = alias.get();
            alias = alias(answer, owner);
        }
        return owner;
    }

    private static Optional<Name> alias(Message answer, Name owner) {
        return answer.getSection(Section.ANSWER).stream()
                .filter(record -> record.getType() == Type.CNAME && record.getName().equals(owner))
                .map(record -> ((CNAMERecord) record).getTarget()).findFirst();
    }
}
