package org.postel.smtp.session;

import java.util.List;
import java.util.stream.Stream;
import org.postel.smtp.syntax.SmtpCommand.Mail;

/** Where an SMTP session stands. Order of commands: RFC 5321 §4.1.4. */
public sealed interface SmtpState {

    /** No hello yet, or none since TLS began. */
    record Connected() implements SmtpState {
    }

    /** Said hello; no transaction. */
    record Greeted(Client client, Login login) implements SmtpState {
    }

    /**
     * In a transaction.
     *
     * @param mail the command that opened it
     * @param to   recipients accepted so far
     */
    record Addressing(Client client, Login login, Mail mail, List<AcceptedRecipient> to) implements SmtpState {

        public Addressing {
            to = List.copyOf(to);
        }

        /** With one more; one that is there already is answered 250 and kept as it was. */
        public Addressing with(AcceptedRecipient recipient) {
            return to.stream().anyMatch(recipient::sameAs) ? this
                : new Addressing(client, login, mail, Stream.concat(to.stream(), Stream.of(recipient)).toList());
        }

        /** The transaction is over. */
        public Greeted ended() {
            return new Greeted(client, login);
        }
    }

    /** In a transaction whose content comes in chunks, and not all of it has come: RFC 3030 §2. */
    record Chunking(Addressing envelope) implements SmtpState {
    }
}
