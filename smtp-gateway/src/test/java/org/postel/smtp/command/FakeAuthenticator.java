package org.postel.smtp.command;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.postel.smtp.session.Account;
import org.postel.wire.sasl.Authority;
import org.postel.wire.sasl.FakeAuthority;
import org.postel.wire.sasl.Mechanisms;
import org.postel.wire.sasl.SaslStep;

/** Knows alice, whose password is "secret"; other names stand for what goes wrong. */
public final class FakeAuthenticator implements AuthCommand.Authenticator {

    public static final Account ALICE = new Account("alice@example.test", Set.of("alice@example.test", "info@example.test"), () -> true);

    /** How many messages of clients could not be read. */
    public final AtomicInteger unreadable = new AtomicInteger();

    @Override
    public List<String> mechanisms() {
        return Mechanisms.KNOWN;
    }

    @Override
    public Authority<Account> forClient(InetAddress client) {
        return new FakeAuthority<>(credentials -> switch (credentials.authenticationId()) {
            case "alice@example.test" -> credentials.password().equals("secret") ? new SaslStep.Success<>(ALICE) : failure(SaslStep.Reason.CREDENTIALS);
            case "fleeting" -> new SaslStep.Success<>(new Account("alice@example.test", Set.of("alice@example.test"), once()));
            case "disabled" -> failure(SaslStep.Reason.DISABLED);
            case "limited" -> failure(SaslStep.Reason.RATE_LIMITED);
            case "down" -> failure(SaslStep.Reason.UNAVAILABLE);
            default -> failure(SaslStep.Reason.CREDENTIALS);
        }, ALICE, unreadable::incrementAndGet);
    }

    /** Holds when it is asked first, and not again. */
    private static BooleanSupplier once() {
        AtomicBoolean asked = new AtomicBoolean();
        return () -> !asked.getAndSet(true);
    }

    private static SaslStep.Outcome<Account> failure(SaslStep.Reason reason) {
        return new SaslStep.Failure<>(reason);
    }
}
