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
     * @param mail     the command that opened it
     * @param to       recipients accepted so far, each once
     * @param answered how many RCPT commands were answered 250: LMTP owes each a reply to the content (RFC 2033 §4.2)
     */
    record Addressing(Client client, Login login, Mail mail, List<AcceptedRecipient> to, int answered) implements SmtpState {

        public Addressing {
            to = List.copyOf(to);
        }

        /** With recipients that were named once each. */
        public Addressing(Client client, Login login, Mail mail, List<AcceptedRecipient> to) {
            this(client, login, mail, to, to.size());
        }

        /** With one more; one that is there already is answered 250 and kept as it was. */
        public Addressing with(AcceptedRecipient recipient) {
            List<AcceptedRecipient> all = to.stream().anyMatch(recipient::sameAs) ? to : Stream.concat(to.stream(), Stream.of(recipient)).toList();
            return new Addressing(client, login, mail, all, answered + 1);
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
