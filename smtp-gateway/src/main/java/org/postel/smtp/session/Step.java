package org.postel.smtp.session;

import org.postel.smtp.syntax.Reply;
import org.postel.smtp.syntax.SmtpCommand.Auth;
import org.postel.smtp.syntax.SmtpCommand.Bdat;
import org.postel.smtp.syntax.SmtpCommand.Mail;
import org.postel.smtp.syntax.SmtpCommand.Rcpt;

/** What to do next. The loop does most itself; the Ask steps are legal, and the outside world decides. */
public sealed interface Step {

    /** Answer and go on in a state. */
    record Answer(SmtpState next, Reply reply) implements Step {
    }

    /** Send 354 and take content: RFC 5321 §4.1.1.4. */
    record ReadContent(SmtpState.Addressing envelope, Reply goAhead) implements Step {
    }

    /**
     * Take a chunk of content: RFC 3030 §2.
     *
     * @param first whether the content begins with it
     */
    record ReadChunk(SmtpState.Addressing envelope, boolean first, Bdat chunk) implements Step {
    }

    /** Read so many octets, keep none, then answer: a chunk that has no place here is content all the same. */
    record DropChunk(long size, Answer then) implements Step {
    }

    /** Answer, then begin TLS and forget the session: RFC 3207 §4.2. */
    record UpgradeToTls(Reply goAhead) implements Step {
    }

    /** Answer and close. */
    record Hangup(Reply reply, Cause cause) implements Step {
    }

    /** May this client send as this sender? */
    record AskSender(SmtpState.Greeted state, Mail mail) implements Step {
    }

    /** Is there such a recipient, and may this client send to it? */
    record AskRecipient(SmtpState.Addressing state, Rcpt rcpt) implements Step {
    }

    /** Is this who it says? */
    record AskCredentials(SmtpState.Greeted state, Auth auth) implements Step {
    }
}
