package org.postel.smtp.policy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.james.mime4j.dom.address.MailboxList;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.util.ByteSequence;
import org.apache.james.mime4j.util.ContentUtil;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Domain;
import org.postel.mail.Mailbox;
import org.postel.mail.QueueId;
import org.postel.mail.Received;
import org.postel.smtp.command.ContentRules;
import org.postel.smtp.command.Header;
import org.postel.smtp.session.Account;
import org.postel.smtp.session.Login;
import org.postel.smtp.syntax.Reply;

/** What a header must be like: not a loop's from anybody, and from our own clients also complete and true. */
public final class HeaderRules implements ContentRules {

    static final Reply LOOP = Reply.of(554, "5.4.6", "Too many hops: this message goes round in circles");
    static final Reply MALFORMED = Reply.of(550, "5.6.0", "Message header is malformed");
    static final Reply REPEATED = Reply.of(550, "5.6.0", "A header field that may stand once stands twice");
    static final Reply NO_FROM = Reply.of(550, "5.6.0", "Message has no From field");
    static final Reply FROM_NOT_YOURS = Reply.of(550, "5.7.1", "From or Sender address is not one of this account");

    // RFC 5322 §3.6
    private static final List<String> ONCE = List.of("from", "sender", "date", "message-id", "reply-to", "to", "cc",
        "in-reply-to", "references", "subject");

    private static final Set<String> BLIND = Set.of("bcc", "resent-bcc");

    private final int maxHops;
    private final String hostname;
    private final Clock clock;

    /** @param maxHops most Received fields of a message: RFC 5321 §6.3 */
    public HeaderRules(int maxHops, String hostname, Clock clock) {
        this.maxHops = maxHops;
        this.hostname = hostname;
        this.clock = clock;
    }

    @Override
    public Optional<Reply> refusal(Login login, Header header) {
        if (header.count("received") > maxHops) {
            return Optional.of(LOOP);
        }
        return switch (login) {
            case Login.Anonymous ignored -> Optional.empty();
            case Login.Authenticated(Account account) -> submission(account, header);
        };
    }

    private static Optional<Reply> submission(Account account, Header header) {
        if (header.malformed()) {
            return Optional.of(MALFORMED);
        }
        // Two From fields: one is checked, the other is shown (SAFETY row 28).
        if (ONCE.stream().anyMatch(name -> header.count(name) > 1)) {
            return Optional.of(REPEATED);
        }
        if (header.count("from") == 0) {
            return Optional.of(NO_FROM);
        }
        boolean own = Stream.of("from", "sender").flatMap(name -> header.values(name).stream()).allMatch(value -> own(account, value));
        return own ? Optional.empty() : Optional.of(FROM_NOT_YOURS);
    }

    // Every address must be the account's own; a value without any, such as a group, shows nobody and is refused too.
    private static boolean own(Account account, String value) {
        MailboxList mailboxes = mailboxes(value);
        return !mailboxes.isEmpty() && mailboxes.stream().allMatch(mailbox -> canonical(mailbox.getAddress()).filter(account.addresses()::contains).isPresent());
    }

    // As octets: of a text mime4j 0.8.14 reads as many octets as it has characters, and letters outside ASCII cost the end of it.
    private static MailboxList mailboxes(String value) {
        ByteSequence octets = ContentUtil.encode(StandardCharsets.UTF_8, value);
        return LenientAddressParser.DEFAULT.parseAddressList(octets, new ParserCursor(0, octets.length())).flatten();
    }

    private static Optional<String> canonical(String address) {
        try {
            return Optional.of(Mailbox.parse(address).canonical());
        } catch (AddressSyntaxException e) {
            return Optional.empty();
        }
    }

    // RFC 5322 §3.6.3 and §3.6.6: what names the blind copies is not for the others. Only who sends it first can mean it so.
    @Override
    public Set<String> removed(Login login) {
        return switch (login) {
            case Login.Anonymous ignored -> Set.of();
            case Login.Authenticated ignored -> BLIND;
        };
    }

    // RFC 6409 §8: a submission server may add what is missing. Mail from elsewhere is left as it is.
    @Override
    public List<String> missing(Login login, Header header, QueueId id) {
        List<String> lines = new ArrayList<>();
        if (login instanceof Login.Authenticated) {
            if (header.count("date") == 0) {
                lines.add("Date: " + Received.dateTime(ZonedDateTime.now(clock)));
            }
            if (header.count("message-id") == 0) {
                lines.add("Message-ID: <" + id + "@" + domain(header) + ">");
            }
        }
        return lines;
    }

    // RFC 5322 §3.6.4 leaves it to us; the sender's domain is what readers expect, and filters too. In A-labels: not every reader
    // knows others.
    private String domain(Header header) {
        return header.values("from").stream()
            .flatMap(value -> mailboxes(value).stream())
            .flatMap(mailbox -> domain(mailbox.getAddress()).stream())
            .findFirst().orElse(hostname);
    }

    private static Optional<String> domain(String address) {
        try {
            return Mailbox.parse(address).host() instanceof Domain domain ? Optional.of(domain.canonical()) : Optional.empty();
        } catch (AddressSyntaxException e) {
            return Optional.empty();
        }
    }
}
