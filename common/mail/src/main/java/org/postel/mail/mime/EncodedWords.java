package org.postel.mail.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.Optional;

/**
 * Decodes the encoded-words of a header value (RFC 2047) into text. White space between two of them is dropped (§6.2); octets
 * of neighbours in one charset are decoded together, since senders split characters between them, though §5 forbids it.
 *
 * <p>{@code encoded-word = "=?" charset ["*" language] "?" encoding "?" encoded-text "?="}
 */
public final class EncodedWords {

    private final String value;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private Optional<Charset> pendingCharset = Optional.empty();
    private int plainStart;

    private EncodedWords(String value) {
        this.value = value;
    }

    private record Word(Charset charset, byte[] octets, int end) {
    }

    /** The text of a header value. What is not an encoded-word is taken as UTF-8, or as Windows-1252 when it is none. */
    public static String decode(Octets value) {
        return new EncodedWords(value.toString()).decode();
    }

    private String decode() {
        int at = value.indexOf("=?");
        while (at >= 0) {
            Optional<Word> word = wordAt(at);
            if (word.isPresent()) {
                add(word.get(), at);
            }
            at = value.indexOf("=?", word.map(Word::end).orElse(at + 2));
        }
        flushWords();
        addPlain(value.length());
        return text.toString();
    }

    private void add(Word word, int at) {
        boolean follows = pendingCharset.isPresent() && value.substring(plainStart, at).isBlank();
        if (!follows || !pendingCharset.get().equals(word.charset())) {
            flushWords();
        }
        if (!follows) {
            addPlain(at);
        }
        pending.writeBytes(word.octets());
        pendingCharset = Optional.of(word.charset());
        plainStart = word.end();
    }

    private void flushWords() {
        pendingCharset.ifPresent(charset -> text.append(pending.toString(charset)));
        pendingCharset = Optional.empty();
        pending.reset();
    }

    private void addPlain(int end) {
        text.append(CharsetNames.unlabelled(Octets.of(value.substring(plainStart, end)).toBytes()));
    }

    private Optional<Word> wordAt(int at) {
        int charsetEnd = value.indexOf('?', at + 2);
        if (charsetEnd < 0 || charsetEnd + 2 >= value.length() || value.charAt(charsetEnd + 2) != '?') {
            return Optional.empty();
        }
        int end = value.indexOf('?', charsetEnd + 3);
        if (end < 0 || end + 1 >= value.length() || value.charAt(end + 1) != '=') {
            return Optional.empty();
        }
        String encoded = value.substring(charsetEnd + 3, end);
        String charset = value.substring(at + 2, charsetEnd).split("\\*", 2)[0];
        return switch (value.charAt(charsetEnd + 1)) {
            case 'B', 'b' -> Optional.of(new Word(CharsetNames.named(charset), base64(encoded), end + 2));
            case 'Q', 'q' -> Optional.of(new Word(CharsetNames.named(charset), quoted(encoded), end + 2));
            default -> Optional.empty();
        };
    }

    /** As much as can be decoded: what is not of the alphabet is skipped, an incomplete group at the end left out. */
    private static byte[] base64(String encoded) {
        String letters = encoded.replaceAll("[^A-Za-z0-9+/]", "");
        int usable = letters.length() % 4 == 1 ? letters.length() - 1 : letters.length();
        return Base64.getDecoder().decode(letters.substring(0, usable));
    }

    private static byte[] quoted(String encoded) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char letter = encoded.charAt(i);
            int high = letter == '=' && i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(encoded.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                octets.write(high << 4 | low);
                i += 2;
            } else {
                octets.write(letter == '_' ? ' ' : letter);
            }
        }
        return octets.toByteArray();
    }
}
