package org.postel.smtp.syntax;

import java.util.Optional;
import java.util.OptionalLong;
import org.postel.mail.BodyType;
import org.postel.mail.ForwardPath;
import org.postel.mail.ReversePath;

/** A well-formed command: RFC 5321 §4.1.1. Whether it is allowed now is for the session to say. */
public sealed interface SmtpCommand {

    /** The verb, lower case: the label in metrics. */
    default String verb() {
        return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    /** RFC 5321 §4.1.1.1. */
    record Helo(ClientName name) implements SmtpCommand {
    }

    /** RFC 5321 §4.1.1.1. */
    record Ehlo(ClientName name) implements SmtpCommand {
    }

    /** RFC 2033 §4.1. */
    record Lhlo(ClientName name) implements SmtpCommand {
    }

    /**
     * RFC 5321 §4.1.1.2.
     *
     * @param size     octets announced (RFC 1870 §6)
     * @param body     RFC 6152 §3
     * @param smtputf8 RFC 6531 §3.4
     * @param dsn      RFC 3461 §4.3 and §4.4
     * @param requireTls RFC 8689 §2
     */
    record Mail(ReversePath from, OptionalLong size, BodyType body, boolean smtputf8, MailDsn dsn, boolean requireTls)
        implements SmtpCommand {

        /** Of a client that says nothing of TLS. */
        public Mail(ReversePath from, OptionalLong size, BodyType body, boolean smtputf8, MailDsn dsn) {
            this(from, size, body, smtputf8, dsn, false);
        }
    }

    /**
     * RFC 5321 §4.1.1.3.
     *
     * @param dsn RFC 3461 §4.1 and §4.2
     */
    record Rcpt(ForwardPath to, RcptDsn dsn) implements SmtpCommand {
    }

    /** RFC 5321 §4.1.1.4. */
    record Data() implements SmtpCommand {
    }

    /**
     * RFC 3030 §2; the octets follow the command.
     *
     * @param size octets of the chunk
     * @param last whether the message ends with it
     */
    record Bdat(long size, boolean last) implements SmtpCommand {
    }

    /** RFC 5321 §4.1.1.5. */
    record Rset() implements SmtpCommand {
    }

    /** RFC 5321 §4.1.1.6; what is asked for is never answered, so it is not kept. */
    record Vrfy() implements SmtpCommand {
    }

    /** RFC 5321 §4.1.1.7. */
    record Expn() implements SmtpCommand {
    }

    /** RFC 1985 §4: never offered, and known so that who asks is told. */
    record Etrn() implements SmtpCommand {
    }

    /** RFC 5321 §4.1.1.8. */
    record Help() implements SmtpCommand {
    }

    /** RFC 5321 §4.1.1.9. */
    record Noop() implements SmtpCommand {
    }

    /** RFC 5321 §4.1.1.10. */
    record Quit() implements SmtpCommand {
    }

    /** RFC 3207 §4. */
    record StartTls() implements SmtpCommand {
    }

    /**
     * RFC 4954 §4.
     *
     * @param mechanism       upper case
     * @param initialResponse still in base64; {@code =} stands for an empty one
     */
    record Auth(String mechanism, Optional<String> initialResponse) implements SmtpCommand {

        /** Keeps the response, which holds a password, out of every log. */
        @Override
        public String toString() {
            return "Auth[" + mechanism + "]";
        }
    }
}
