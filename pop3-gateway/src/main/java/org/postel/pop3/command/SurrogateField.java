package org.postel.pop3.command;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One header field without a character outside ASCII, for clients that cannot take it: RFC 6858 §2. A name or a text becomes
 * encoded words; an address becomes one that is nobody's, with the real one in the text before it.
 */
final class SurrogateField {

    private static final String NOBODY = "<invalid@internationalized-address.invalid>";
    private static final Set<String> ADDRESSES = Set.of("from", "sender", "reply-to", "to", "cc", "bcc", "return-path",
            "resent-from", "resent-sender", "resent-reply-to", "resent-to", "resent-cc", "resent-bcc");
    private static final Set<String> PARAMETERS = Set.of("content-type", "content-disposition");
    private static final String ENDS_A_WORD = "\"(<,;: \t";

    private final String value;
    private final boolean addresses;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private boolean afterEncoded;

    private SurrogateField(String value, boolean addresses) {
        this.value = value;
        this.addresses = addresses;
    }

    /**
     * @param field a whole field with its line ends
     * @return the same octets where it is ASCII, or no UTF-8: then nobody can say which characters it has
     */
    static byte[] of(byte[] field) {
        Optional<String> text = text(field);
        int colon = text.map(it -> it.indexOf(':')).orElse(-1);
        if (colon < 0 || ascii(text.get()) || !ascii(text.get().substring(0, colon))) {
            return field;
        }
        String name = text.get().substring(0, colon);
        String value = text.get().substring(colon + 1).strip().replaceAll("\r?\n(?=[ \t])", "");
        return (name + ": " + surrogate(name.strip().toLowerCase(Locale.ROOT), value) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String surrogate(String name, String value) {
        if (ADDRESSES.contains(name) || PARAMETERS.contains(name)) {
            return new SurrogateField(value, ADDRESSES.contains(name)).structured();
        }
        // RFC 6858 §2.3: text is encoded whole.
        return EncodedWords.of(value);
    }

    private static Optional<String> text(byte[] octets) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    private static boolean ascii(String text) {
        return text.chars().allMatch(letter -> letter < 0x80);
    }

    private String structured() {
        while (at < value.length()) {
            char next = value.charAt(at);
            switch (next) {
                case '"' -> quoted(upTo('"'));
                case '(' -> comment(upTo(')'));
                case '<' -> address(upTo('>'));
                case ' ', '\t' -> {
                    out.append(next);
                    at++;
                }
                case ',', ';', ':' -> {
                    out.append(next);
                    afterEncoded = false;
                    at++;
                }
                default -> word();
            }
        }
        return out.toString();
    }

    /** What stands from here to {@code end}, both included; to the end of the field where there is none. */
    private String upTo(char end) {
        int start = at++;
        while (at < value.length() && value.charAt(at) != end) {
            at += value.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(at + 1, value.length());
        return value.substring(start, at);
    }

    private void quoted(String text) {
        if (ascii(text)) {
            plain(text);
        } else if (addresses) {
            encoded(inner(text));
        } else {
            // Of parameters: RFC 2047 §5 forbids it, and every reader that knows no RFC 2231 understands it.
            out.append('"').append(EncodedWords.of(inner(text)).replace("\r\n ", " ")).append('"');
        }
    }

    private void comment(String text) {
        plain(ascii(text) ? text : "(" + EncodedWords.of(inner(text)) + ")");
    }

    private void address(String text) {
        if (ascii(text)) {
            plain(text);
        } else {
            encoded(text);
            out.append(' ').append(NOBODY);
        }
    }

    private void word() {
        int start = at;
        while (at < value.length() && ENDS_A_WORD.indexOf(value.charAt(at)) < 0) {
            at++;
        }
        String word = value.substring(start, at);
        if (ascii(word)) {
            plain(word);
            return;
        }
        encoded(word);
        if (addresses && word.indexOf('@') >= 0) {
            out.append(' ').append(NOBODY);
        }
    }

    private void plain(String text) {
        out.append(text);
        afterEncoded = false;
    }

    /** Readers take out what is between two encoded words, so the space goes into the second (RFC 2047 §6.2). */
    private void encoded(String text) {
        out.append(EncodedWords.of(afterEncoded ? " " + text : text));
        afterEncoded = true;
    }

    private static String inner(String text) {
        int end = text.length() > 1 && "\")>".indexOf(text.charAt(text.length() - 1)) >= 0 ? text.length() - 1 : text.length();
        return text.substring(1, end).replaceAll("\\\\(.)", "$1");
    }
}
