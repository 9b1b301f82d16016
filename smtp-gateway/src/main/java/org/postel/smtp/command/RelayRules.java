package org.postel.smtp.command;

import java.util.Optional;
import org.postel.mail.Mailbox;
import org.postel.smtp.session.Login;
import org.postel.smtp.syntax.Reply;

/** Says who may send to domains that are not ours. */
@FunctionalInterface
public interface RelayRules {

    /** The refusal, or empty when the client may send there. */
    Optional<Reply> refusal(Login login, Mailbox elsewhere);
}
