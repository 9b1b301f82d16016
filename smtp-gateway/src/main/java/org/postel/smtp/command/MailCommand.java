package org.postel.smtp.command;

import org.postel.smtp.session.Account;
import org.postel.smtp.session.Cause;
import org.postel.smtp.session.Login;
import org.postel.smtp.session.Replies;
import org.postel.smtp.session.Step;
import org.postel.smtp.session.Step.Answer;
import org.postel.smtp.session.Step.AskSender;
import org.postel.smtp.session.Transitions;
import org.postel.smtp.syntax.Reply;

/** Opens a transaction, if the client may use the sender it names: RFC 5321 §4.1.1.2. */
public final class MailCommand {

    // RFC 4954 §4 allows no second AUTH in a session, so the client must come again: RFC 5321 §3.8 has 421 for it.
    static final Reply LOGIN_ENDED = Reply.of(421, "4.7.0", "The login no longer holds; log in again");

    private final SenderRules rules;

    public MailCommand(SenderRules rules) {
        this.rules = rules;
    }

    /** A refusal leaves the session where it was, unless the client is not who it was any more. */
    public Step decide(AskSender asked) {
        if (asked.state().login() instanceof Login.Authenticated(Account account) && !account.stands().getAsBoolean()) {
            return new Step.Hangup(LOGIN_ENDED, Cause.LOGIN_ENDED);
        }
        return rules.refusal(asked.state().login(), asked.mail().from())
            .map(refusal -> new Answer(asked.state(), refusal))
            .orElseGet(() -> new Answer(Transitions.opened(asked.state(), asked.mail()), Replies.SENDER_OK));
    }
}
