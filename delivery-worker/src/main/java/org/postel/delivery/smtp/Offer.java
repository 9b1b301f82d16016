package org.postel.delivery.smtp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of a message, and to whom, can be offered to a server.
 *
 * @param commands MAIL, then a RCPT for each recipient that is offered
 * @param offered those recipients
 * @param obstacle why the others are not
 * @param binary whether the content goes as it is, and by BDAT only: RFC 3030 §3
 */
record Offer(List<String> commands, List<To> offered, Answer obstacle, boolean binary) {

    static Offer of(OutgoingMail mail, List<To> recipients, Extensions server) throws IOException {
        if (server.size().isPresent() && mail.size() > server.size().getAsLong()) {
            return cannot("5.3.4", "The mail is bigger than the recipient's mail server takes.");
        }
        if (mail.requireTls() && !server.has("REQUIRETLS")) {
            return cannot("5.7.30", "The mail is to go over secured connections only, and the recipient's mail server does not promise"
                    + " that: it lacks REQUIRETLS.");
        }
        boolean utf8Header = mail.utf8Header() && OctetNeeds.headerHasEightBit(mail);
        Optional<Offer> obstacle = utf8Obstacle(mail, utf8Header, server);
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        boolean binary = mail.body() == OutgoingMail.Body.BINARY && OctetNeeds.isBinary(mail);
        if (binary && !(server.has("BINARYMIME") && server.has("CHUNKING"))) {
            // RFC 3030 §3: through DATA lines would be broken anew and their ends changed.
            return cannot("5.6.1", "The mail has binary parts that the recipient's mail server does not take, and we do not rewrite mail.");
        }
        if (!binary && !server.has("8BITMIME") && OctetNeeds.hasEightBit(mail)) {
            // RFC 6152 §3: never sent as it is, whatever the client said of it.
            return cannot("5.6.3", "The mail has octets that the recipient's mail server does not take, and we do not rewrite mail.");
        }
        List<To> offered = recipients.stream().filter(to -> server.has("SMTPUTF8") || isAscii(to.address())).toList();
        return new Offer(commands(mail, utf8Header, binary, offered, server), offered, new Answer.NotOffered("5.6.7",
                "The address has letters beyond plain ones, and the recipient's mail server does not know such addresses: it lacks"
                        + " SMTPUTF8."), binary);
    }

    /** Whether there is nobody to offer it to. */
    boolean nothing() {
        return offered.isEmpty();
    }

    private static Optional<Offer> utf8Obstacle(OutgoingMail mail, boolean utf8Header, Extensions server) {
        if (server.has("SMTPUTF8")) {
            return Optional.empty();
        }
        if (!isAscii(mail.reversePath())) {
            return Optional.of(cannot("5.6.7", "Your own address has letters beyond plain ones, and the recipient's mail server does not"
                    + " know such addresses: it lacks SMTPUTF8."));
        }
        return utf8Header ? Optional.of(cannot("5.6.7", "The header of the mail has letters beyond plain ones as they are, which the"
                + " recipient's mail server does not know: it lacks SMTPUTF8.")) : Optional.empty();
    }

    private static List<String> commands(OutgoingMail mail, boolean utf8Header, boolean binary, List<To> offered, Extensions server) throws IOException {
        // RFC 6531 §3.4: also a message that was submitted with SMTPUTF8 goes without if nothing in it needs it.
        boolean utf8 = utf8Header || !isAscii(mail.reversePath()) || !offered.stream().map(To::address).allMatch(Offer::isAscii);
        boolean eightBit = !binary && server.has("8BITMIME") && (utf8 || OctetNeeds.mayHaveEightBit(mail));
        boolean dsn = server.has("DSN");
        List<String> commands = new ArrayList<>();
        commands.add("MAIL FROM:<" + mail.reversePath() + ">"
                + (server.has("SIZE") ? " SIZE=" + mail.size() : "")
                + (binary ? " BODY=BINARYMIME" : eightBit ? " BODY=8BITMIME" : "")
                + (utf8 ? " SMTPUTF8" : "")
                + (mail.requireTls() ? " REQUIRETLS" : "")
                + (dsn ? StatusParameters.ofMail(mail.wishes()) : ""));
        offered.forEach(to -> commands.add("RCPT TO:<" + to.address() + ">" + (dsn ? StatusParameters.ofRecipient(to) : "")));
        return commands;
    }

    private static Offer cannot(String status, String explanation) {
        return new Offer(List.of(), List.of(), new Answer.NotOffered(status, explanation), false);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }
}
