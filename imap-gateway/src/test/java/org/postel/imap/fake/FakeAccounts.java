package org.postel.imap.fake;

import com.google.protobuf.ByteString;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.postel.imap.backend.Subscribers;
import org.postel.imap.command.Accounts;
import org.postel.imap.session.Account;
import org.postel.tracing.Span;
import org.postel.wire.sasl.Authority;
import org.postel.wire.sasl.FakeAuthority;
import org.postel.wire.sasl.Mechanisms;
import org.postel.wire.sasl.PasswordCredentials;
import org.postel.wire.sasl.SaslStep;

/** One account, alice, whose password is secret. Nobody can say who "unknowable" is; off@example.test has the same password and no IMAP. */
public record FakeAccounts(FakeMail mail, AtomicInteger unreadable) implements Accounts {

    public static final ByteString ALICE = ByteString.copyFromUtf8("0123456789abcdef");

    /** Another account, of whom alice only sees what it shares. */
    public static final ByteString BOB = ByteString.copyFromUtf8("fedcba9876543210");

    /** Counts messages that could not be read, and tells {@code subscribers} of each change, as the topic would. */
    public FakeAccounts(FakeMail mail, Subscribers subscribers) {
        this(mail, new AtomicInteger());
        mail.watch(event -> subscribers.tell(event.toBuilder().setAccountId(mail.isShared(event.getMailboxId()) ? BOB : ALICE)
                .setTraceParent(Span.current().traceParent()).build()));
    }

    @Override
    public List<String> mechanisms() {
        return Mechanisms.KNOWN;
    }

    @Override
    public Authority<Entry> forClient(InetAddress client) {
        return new FakeAuthority<>(this::verify, alice(), unreadable::incrementAndGet);
    }

    private Entry alice() {
        return new Entry(new Account(ALICE, "alice@example.test"), mail);
    }

    private SaslStep.Outcome<Entry> verify(PasswordCredentials credentials) {
        if (credentials.authenticationId().equals("unknowable")) {
            return new SaslStep.Failure<>(SaslStep.Reason.UNAVAILABLE);
        }
        if (credentials.authenticationId().equals("off@example.test") && credentials.password().equals("secret")) {
            return new SaslStep.Failure<>(SaslStep.Reason.DISABLED);
        }
        return credentials.authenticationId().equals("alice@example.test") && credentials.password().equals("secret")
                ? new SaslStep.Success<>(alice())
                : new SaslStep.Failure<>(SaslStep.Reason.CREDENTIALS);
    }
}
