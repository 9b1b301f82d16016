package org.postel.smtp.command;

import org.postel.smtp.session.Replies;
import org.postel.smtp.session.Step;
import org.postel.smtp.session.Step.Answer;
import org.postel.smtp.session.Step.AskSender;
import org.postel.smtp.session.Transitions;

/** Opens a transaction, if the client may use the sender it names: RFC 5321 §4.1.1.2. */
public final class MailCommand {

    private final SenderRules rules;

    public MailCommand(SenderRules rules) {
        this.rules = rules;
    }

    /** A refusal leaves the session where it was. */
    public Step decide(AskSender asked) {
        return rules.refusal(asked.state().login(), asked.mail().from())
            .map(refusal -> new Answer(asked.state(), refusal))
            .orElseGet(() -> new Answer(Transitions.opened(asked.state(), asked.mail()), Replies.SENDER_OK));
    }
}
