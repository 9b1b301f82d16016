package org.postel.smtp.session;

import java.util.List;
import org.postel.mail.BodyType;
import org.postel.smtp.session.SmtpState.Addressing;
import org.postel.smtp.session.SmtpState.Chunking;
import org.postel.smtp.session.SmtpState.Connected;
import org.postel.smtp.session.SmtpState.Greeted;
import org.postel.smtp.session.Step.Answer;
import org.postel.smtp.session.Step.AskCredentials;
import org.postel.smtp.session.Step.AskRecipient;
import org.postel.smtp.session.Step.AskSender;
import org.postel.smtp.session.Step.DropChunk;
import org.postel.smtp.session.Step.Hangup;
import org.postel.smtp.session.Step.ReadChunk;
import org.postel.smtp.session.Step.ReadContent;
import org.postel.smtp.session.Step.UpgradeToTls;
import org.postel.smtp.syntax.MailDsn;
import org.postel.smtp.syntax.RcptDsn;
import org.postel.smtp.syntax.Reply;
import org.postel.smtp.syntax.SmtpCommand;
import org.postel.smtp.syntax.SmtpCommand.Auth;
import org.postel.smtp.syntax.SmtpCommand.Bdat;
import org.postel.smtp.syntax.SmtpCommand.Data;
import org.postel.smtp.syntax.SmtpCommand.Ehlo;
import org.postel.smtp.syntax.SmtpCommand.Etrn;
import org.postel.smtp.syntax.SmtpCommand.Expn;
import org.postel.smtp.syntax.SmtpCommand.Helo;
import org.postel.smtp.syntax.SmtpCommand.Help;
import org.postel.smtp.syntax.SmtpCommand.Lhlo;
import org.postel.smtp.syntax.SmtpCommand.Mail;
import org.postel.smtp.syntax.SmtpCommand.Noop;
import org.postel.smtp.syntax.SmtpCommand.Quit;
import org.postel.smtp.syntax.SmtpCommand.Rcpt;
import org.postel.smtp.syntax.SmtpCommand.Rset;
import org.postel.smtp.syntax.SmtpCommand.StartTls;
import org.postel.smtp.syntax.SmtpCommand.Vrfy;

/** What each command does in each state: RFC 5321 §4.1.4. Pure: the same state and command give the same step. */
public final class Transitions {

    private final Terms terms;

    public Transitions(Terms terms) {
        this.terms = terms;
    }

    /** The next step. */
    public Step next(SmtpState state, SmtpCommand command) {
        return switch (command) {
            case Helo helo -> lmtp() ? new Answer(state, Replies.LMTP_ONLY) : hello(state, new Client(helo.name(), false), Reply.plain(250, terms.hostname()));
            case Ehlo ehlo -> lmtp() ? new Answer(state, Replies.LMTP_ONLY) : hello(state, new Client(ehlo.name(), true), Replies.ehlo(terms, login(state)));
            case Lhlo lhlo -> lmtp() ? hello(state, new Client(lhlo.name(), true, true), Replies.ehlo(terms, login(state))) : new Answer(state, Replies.NO_LMTP);
            case Mail mail -> mail(state, mail);
            case Rcpt rcpt -> rcpt(state, rcpt);
            case Data ignored -> data(state);
            case Bdat bdat -> bdat(state, bdat);
            case Rset ignored -> new Answer(ended(state), Replies.RESET);
            case Noop ignored -> new Answer(state, Replies.NOTHING_DONE);
            case Help ignored -> new Answer(state, Replies.HELP);
            // RFC 5321 §3.5.3 and §7.3: who is here is not for strangers.
            case Vrfy ignored -> new Answer(state, Replies.CANNOT_VERIFY);
            case Expn ignored -> new Answer(state, Replies.NO_EXPANSION);
            case Etrn ignored -> new Answer(state, Replies.NO_ETRN);
            case Quit ignored -> new Hangup(Replies.BYE, Cause.QUIT);
            case StartTls ignored -> startTls(state);
            case Auth auth -> auth(state, auth);
        };
    }

    // RFC 2033 §4.1 and §5: either protocol knows the other's hello by that it does not know it.
    private boolean lmtp() {
        return terms.service() == Service.LMTP;
    }

    // RFC 5321 §4.1.4: a second EHLO resets like RSET. RFC 4954 says nothing that it would end a login.
    private static Step hello(SmtpState state, Client client, Reply reply) {
        return new Answer(new Greeted(client, login(state)), reply);
    }

    private Step mail(SmtpState state, Mail mail) {
        return switch (state) {
            case Connected waiting -> new Answer(waiting, Replies.HELLO_FIRST);
            case Greeted greeted -> openTransaction(greeted, mail);
            // RFC 5321 §3.3 and §4.1.4: MAIL only outside a transaction. RSET or EHLO clears it.
            case Addressing open -> new Answer(open, Replies.NESTED_MAIL);
            case Chunking chunking -> new Answer(chunking, Replies.NESTED_MAIL);
        };
    }

    private Step openTransaction(Greeted greeted, Mail mail) {
        if (terms.service() == Service.SUBMISSION && greeted.login() instanceof Login.Anonymous) {
            // RFC 6409 §4.3
            return new Answer(greeted, terms.authOffered() ? Replies.AUTH_FIRST : Replies.TLS_FIRST);
        }
        boolean parameters = mail.smtputf8() || mail.size().isPresent() || mail.body() != BodyType.SEVEN_BIT || !mail.dsn().equals(MailDsn.NONE)
            || mail.requireTls();
        if (parameters && !greeted.client().extended()) {
            return new Answer(greeted, Replies.PARAMETERS_NEED_EHLO);
        }
        if (mail.requireTls() && !terms.tls()) {
            return new Answer(greeted, Replies.REQUIRETLS_NEEDS_TLS);
        }
        // RFC 1870 §6.1: refused before the octets come.
        if (mail.size().orElse(0) > terms.maxSize()) {
            return new Answer(greeted, Replies.TOO_LARGE);
        }
        return new AskSender(greeted, mail);
    }

    private Step rcpt(SmtpState state, Rcpt rcpt) {
        return switch (state) {
            case Connected waiting -> new Answer(waiting, Replies.HELLO_FIRST);
            case Greeted greeted -> new Answer(greeted, Replies.MAIL_FIRST);
            case Addressing open -> addRecipient(open, rcpt);
            case Chunking chunking -> new Answer(chunking, Replies.CHUNKS_ONLY);
        };
    }

    private Step addRecipient(Addressing open, Rcpt rcpt) {
        if (open.answered() >= terms.maxRecipients()) {
            return new Answer(open, Replies.TOO_MANY_RECIPIENTS);
        }
        if (!rcpt.dsn().equals(RcptDsn.NONE) && !open.client().extended()) {
            return new Answer(open, Replies.PARAMETERS_NEED_EHLO);
        }
        if ((rcpt.to().international() || rcpt.dsn().international()) && !open.mail().smtputf8()) {
            return new Answer(open, Replies.RECIPIENT_NEEDS_SMTPUTF8);
        }
        return new AskRecipient(open, rcpt);
    }

    private static Step data(SmtpState state) {
        return switch (state) {
            case Connected waiting -> new Answer(waiting, Replies.HELLO_FIRST);
            case Greeted greeted -> new Answer(greeted, Replies.MAIL_FIRST);
            case Addressing open when open.to().isEmpty() -> new Answer(open, Replies.NO_RECIPIENT);
            // RFC 3030 §3: lines do not end such content.
            case Addressing open when open.mail().body() == BodyType.BINARY_MIME -> new Answer(open, Replies.BINARY_NEEDS_CHUNKS);
            case Addressing open -> new ReadContent(open, Replies.CONTENT_GO_AHEAD);
            // RFC 3030 §2: never both in one transaction.
            case Chunking chunking -> new Answer(chunking, Replies.CHUNKS_ONLY);
        };
    }

    // RFC 3030 §2. Clients send chunks without waiting for replies: so a refusal ends the transaction, or the next chunk would
    // be taken for a message of its own.
    private Step bdat(SmtpState state, Bdat bdat) {
        return switch (state) {
            case Connected waiting -> dropped(bdat, new Answer(waiting, Replies.HELLO_FIRST));
            case Greeted greeted -> dropped(bdat, new Answer(greeted, Replies.MAIL_FIRST));
            case Addressing open when open.to().isEmpty() -> dropped(bdat, new Answer(open.ended(), Replies.NO_RECIPIENT));
            case Addressing open -> new ReadChunk(open, true, bdat);
            case Chunking chunking -> new ReadChunk(chunking.envelope(), false, bdat);
        };
    }

    /** What no message may have is not read to its end for nothing (SAFETY row 17). */
    private Step dropped(Bdat bdat, Answer answer) {
        return bdat.size() > terms.maxSize() ? new Hangup(answer.reply(), Cause.LIMIT) : new DropChunk(bdat.size(), answer);
    }

    // RFC 3207 §4 and §4.2; SAFETY row 5: neither after a login nor within a transaction, so nothing said in clear outlives it.
    private Step startTls(SmtpState state) {
        if (terms.tls()) {
            return new Answer(state, Replies.TLS_ALREADY);
        }
        if (!terms.tlsOffered()) {
            return new Answer(state, Replies.TLS_NOT_OFFERED);
        }
        return switch (state) {
            case Connected waiting -> new Answer(waiting, Replies.HELLO_FIRST);
            case Greeted greeted when greeted.login() instanceof Login.Authenticated -> new Answer(greeted, Replies.TLS_AFTER_AUTH);
            case Greeted ignored -> new UpgradeToTls(Replies.TLS_GO_AHEAD);
            case Addressing open -> new Answer(open, Replies.NOT_OUTSIDE_TRANSACTION);
            case Chunking chunking -> new Answer(chunking, Replies.NOT_OUTSIDE_TRANSACTION);
        };
    }

    // RFC 4954 §4: after EHLO, outside a transaction, once.
    private Step auth(SmtpState state, Auth auth) {
        if (terms.service() != Service.SUBMISSION) {
            return new Answer(state, Replies.NO_AUTH_HERE);
        }
        if (!terms.authOffered()) {
            return new Answer(state, Replies.AUTH_NEEDS_TLS);
        }
        return switch (state) {
            case Connected waiting -> new Answer(waiting, Replies.AUTH_NEEDS_EHLO);
            case Greeted greeted when !greeted.client().extended() -> new Answer(greeted, Replies.AUTH_NEEDS_EHLO);
            case Greeted greeted when greeted.login() instanceof Login.Authenticated -> new Answer(greeted, Replies.AUTH_TWICE);
            case Greeted greeted -> new AskCredentials(greeted, auth);
            case Addressing open -> new Answer(open, Replies.NOT_OUTSIDE_TRANSACTION);
            case Chunking chunking -> new Answer(chunking, Replies.NOT_OUTSIDE_TRANSACTION);
        };
    }

    private static SmtpState ended(SmtpState state) {
        return switch (state) {
            case Connected waiting -> waiting;
            case Greeted greeted -> greeted;
            case Addressing open -> open.ended();
            case Chunking chunking -> chunking.envelope().ended();
        };
    }

    private static Login login(SmtpState state) {
        return switch (state) {
            case Connected ignored -> new Login.Anonymous();
            case Greeted greeted -> greeted.login();
            case Addressing open -> open.login();
            case Chunking chunking -> chunking.envelope().login();
        };
    }

    /** The state of a transaction whose sender was accepted. */
    public static Addressing opened(Greeted greeted, Mail mail) {
        return new Addressing(greeted.client(), greeted.login(), mail, List.of());
    }
}
