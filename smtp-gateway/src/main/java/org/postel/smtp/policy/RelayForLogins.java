package org.postel.smtp.policy;

import java.util.Optional;
import org.postel.mail.AddressLiteral;
import org.postel.mail.Mailbox;
import org.postel.smtp.command.RelayRules;
import org.postel.smtp.session.Login;
import org.postel.smtp.syntax.Reply;

/** Only those who logged in send to domains that are not ours. */
public final class RelayForLogins implements RelayRules {

    static final Reply RELAY_DENIED = Reply.of(550, "5.7.1", "Relaying denied");
    static final Reply NO_LITERALS = Reply.of(550, "5.1.2", "Mail to an address literal is not sent");

    @Override
    public Optional<Reply> refusal(Login login, Mailbox elsewhere) {
        return switch (login) {
            case Login.Anonymous ignored -> Optional.of(RELAY_DENIED);
            // Else an account reaches any host of the inner network by its number.
            case Login.Authenticated ignored when elsewhere.host() instanceof AddressLiteral -> Optional.of(NO_LITERALS);
            case Login.Authenticated ignored -> Optional.empty();
        };
    }
}
