package org.postel.mail.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The first words of a message, as a list shows them: RFC 8970 §3.3. Of its first text that is no attachment, plain text before
 * HTML; in one line, without what is quoted.
 */
public final class Preview {

    /** Characters, as RFC 8970 §3.3 recommends. */
    public static final int LENGTH = 200;
    /** Characters of a plain text that are looked at: it may begin with what it answers. */
    private static final int OF_PLAIN = 4 << 10;
    /** Of HTML, which may say much before its first word. */
    private static final int OF_HTML = 16 << 10;

    private Preview() {
    }

    /**
     * The words; none where the message has no text.
     *
     * @param beginning the first octets of the message, perhaps all
     * @return empty when the text does not begin there
     */
    public static Optional<String> of(Part message, byte[] beginning) {
        Optional<Part> text = text(message);
        if (text.isEmpty() || text.get().extent().bodySize() == 0) {
            return Optional.of("");
        }
        Part part = text.get();
        if (part.extent().bodyStart() >= beginning.length) {
            return Optional.empty();
        }
        int start = (int) part.extent().bodyStart();
        int length = (int) Math.min(beginning.length - start, part.extent().bodySize());
        boolean html = part.contentType().subtype().is("html");
        String read = read(part, new ByteArrayInputStream(beginning, start, length), html ? OF_HTML : OF_PLAIN);
        return Optional.of(PreviewText.oneLine(html ? HtmlText.of(read) : PreviewText.withoutQuotes(read), LENGTH));
    }

    /** The text to show, if there is one: the first, but of alternatives the plain one. */
    private static Optional<Part> text(Part part) {
        if (part.children().isEmpty()) {
            return readable(part) ? Optional.of(part) : Optional.empty();
        }
        Optional<Part> first = Optional.empty();
        boolean alternative = part.contentType().subtype().is("alternative");
        for (Part child : part.children()) {
            Optional<Part> text = text(child);
            if (first.isEmpty() || text.isPresent() && text.get().contentType().subtype().is("plain")) {
                first = text.isPresent() ? text : first;
            }
            if (first.isPresent() && !(alternative && first.get().contentType().subtype().is("html"))) {
                return first;
            }
        }
        return first;
    }

    private static boolean readable(Part part) {
        boolean attached = part.header().disposition().filter(disposition -> disposition.type().is("attachment")).isPresent();
        ContentType type = part.contentType();
        return !attached && type.isText() && (type.subtype().is("plain") || type.subtype().is("html"));
    }

    private static String read(Part part, ByteArrayInputStream octets, int most) {
        char[] text = new char[most];
        int length = 0;
        try (Reader reader = PartText.text(part.header(), octets)) {
            for (int count = reader.read(text); count > 0; count = reader.read(text, length, text.length - length)) {
                length += count;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("octets in memory", e);
        }
        return new String(text, 0, length);
    }
}
