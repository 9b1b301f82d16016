package org.postel.delivery.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The envelope commands for a message and a server, or why it cannot be offered.
 *
 * @param commands MAIL, then a RCPT for each recipient
 * @param obstacle what the server lacks; then there are no commands
 */
record Offer(List<String> commands, Optional<Answer> obstacle) {

    private static final int LOOKED_AT = 64 * 1024;

    static Offer of(OutgoingMail mail, List<To> recipients, Extensions server) throws IOException {
        if (server.size().isPresent() && mail.size() > server.size().getAsLong()) {
            return cannot("5.3.4", "The mail is bigger than the recipient's mail server takes.");
        }
        boolean utf8 = needsUtf8(mail, recipients);
        if (utf8 && !server.has("SMTPUTF8")) {
            return cannot("5.6.7", "The mail has an address or a header with letters that the recipient's mail server"
                    + " does not know.");
        }
        boolean eightBit = utf8 || mail.declaredEightBit();
        if (eightBit && !server.has("8BITMIME") && hasEightBit(mail)) {
            return cannot("5.6.3", "The mail has octets that the recipient's mail server does not take, and we do not"
                    + " rewrite mail.");
        }
        List<String> commands = new ArrayList<>();
        commands.add("MAIL FROM:<" + mail.reversePath() + ">"
                + (server.has("SIZE") ? " SIZE=" + mail.size() : "")
                + (eightBit && server.has("8BITMIME") ? " BODY=8BITMIME" : "")
                + (utf8 ? " SMTPUTF8" : "")
                + (server.has("DSN") ? StatusParameters.ofMail(mail.wishes()) : ""));
        recipients.forEach(recipient -> commands.add("RCPT TO:<" + recipient.address() + ">"
                + (server.has("DSN") ? StatusParameters.ofRecipient(recipient) : "")));
        return new Offer(commands, Optional.empty());
    }

    private static Offer cannot(String status, String explanation) {
        return new Offer(List.of(), Optional.of(new Answer.NotOffered(status, explanation)));
    }

    /** RFC 6531 §3.4: also a message that was submitted with SMTPUTF8 may go without, if nothing in it needs it. */
    private static boolean needsUtf8(OutgoingMail mail, List<To> recipients) throws IOException {
        if (!isAscii(mail.reversePath()) || !recipients.stream().map(To::address).allMatch(Offer::isAscii)) {
            return true;
        }
        return mail.utf8Header() && headerHasEightBit(mail);
    }

    private static boolean headerHasEightBit(OutgoingMail mail) throws IOException {
        try (InputStream content = mail.content().open()) {
            byte[] start = content.readNBytes(LOOKED_AT);
            int lineLength = 0;
            for (byte octet : start) {
                if (octet < 0) {
                    return true;
                }
                if (octet == '\n' && lineLength == 0) {
                    return false;
                }
                lineLength = octet == '\n' ? 0 : octet == '\r' ? lineLength : lineLength + 1;
            }
            return start.length == LOOKED_AT;
        }
    }

    private static boolean hasEightBit(OutgoingMail mail) throws IOException {
        byte[] block = new byte[16 * 1024];
        try (InputStream content = mail.content().open()) {
            for (int got = content.read(block); got >= 0; got = content.read(block)) {
                for (int i = 0; i < got; i++) {
                    if (block[i] < 0) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }
}
