package org.postel.pop3.command;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Text as encoded words of RFC 2047 §2, each short enough for it and for its line. */
final class EncodedWords {

    /** Octets of UTF-8 in one word: with its frame 72 characters in base64, of 75 that RFC 2047 §2 allows. */
    private static final int MOST_OCTETS = 45;

    private EncodedWords() {}

    /** The words, parted by a line end and a space, which readers take out again (RFC 2047 §6.2). */
    static String of(String text) {
        StringBuilder words = new StringBuilder();
        StringBuilder word = new StringBuilder();
        text.codePoints().forEach(letter -> {
            String next = Character.toString(letter);
            if (octets(word.toString()).length + octets(next).length > MOST_OCTETS) {
                append(words, word);
            }
            word.append(next);
        });
        append(words, word);
        return words.toString();
    }

    private static void append(StringBuilder words, StringBuilder word) {
        words.append(words.isEmpty() ? "" : "\r\n ")
                .append("=?UTF-8?B?").append(Base64.getEncoder().encodeToString(octets(word.toString()))).append("?=");
        word.setLength(0);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
