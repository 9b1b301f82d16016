package org.postel.mail.mime;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Answers the keys of RFC 9051 §6.4.4 that need a message's text. Encoded-words, charsets and transfer encodings are
 * decoded, case is not regarded, memory does not grow with the message.
 *
 * <p>What BODY looks at, where the RFC leaves it to the server: the text parts, reports (message/delivery-status), and the headers of all parts and messages
 * within, so that the name of an attachment is found. TEXT looks at the message's own header too.
 */
public final class SearchableMessage {

    private final Part body;
    private final ContentSource content;
    private final MimeLimits limits;

    public SearchableMessage(Part body, ContentSource content, MimeLimits limits) {
        this.body = body;
        this.content = content;
        this.limits = limits;
    }

    /** HEADER: whether a field of this name (compared without case) has the text in its value. */
    public boolean hasInHeader(String field, TextSearch wanted) throws IOException {
        return hasField(header(body), field, wanted);
    }

    /** As {@link #hasInHeader}, of a header that is at hand. */
    public static boolean hasField(HeaderSection header, String field, TextSearch wanted) {
        for (RawField found : header) {
            if (found.name().equalsIgnoreCase(field) && wanted.isIn(EncodedWords.decode(found.value()))) {
                return true;
            }
        }
        return false;
    }

    /** TEXT. */
    public boolean hasInText(TextSearch wanted) throws IOException {
        return hasInHeaderOf(body, wanted) || hasInBody(wanted);
    }

    /** BODY. */
    public boolean hasInBody(TextSearch wanted) throws IOException {
        Deque<Part> left = new ArrayDeque<>();
        left.push(body);
        while (!left.isEmpty()) {
            Part part = left.pop();
            if (part != body && hasInHeaderOf(part, wanted) || part.contentType().isReadable() && PartText.contains(part, content, wanted)) {
                return true;
            }
            part.children().reversed().forEach(left::push);
            part.message().map(MessageStructure::body).ifPresent(left::push);
        }
        return false;
    }

    /** The day of the Date field. */
    public Optional<LocalDate> sentDay() throws IOException {
        return header(body).first("Date").map(RawField::value).flatMap(DateField::day);
    }

    private boolean hasInHeaderOf(Part part, TextSearch wanted) throws IOException {
        for (RawField field : header(part)) {
            if (wanted.isIn(field.name() + ": " + EncodedWords.decode(field.value()))) {
                return true;
            }
        }
        return false;
    }

    private HeaderSection header(Part part) throws IOException {
        long size = Math.min(part.extent().headerSize(), limits.sectionOctets());
        try (InputStream octets = content.open(part.extent().headerStart(), size)) {
            return new HeaderSection(octets.readNBytes((int) size));
        }
    }
}
