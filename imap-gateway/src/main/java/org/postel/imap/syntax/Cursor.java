package org.postel.imap.syntax;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntPredicate;

/** A place in the octets of one command, and the terminals of RFC 3501 §9 that are read from there. */
final class Cursor {

    private static final long MAX_NUMBER = 0xFFFF_FFFFL;

    private final byte[] octets;
    private final boolean utf8;
    private int at;

    /** Names of mailboxes are in modified UTF-7. */
    Cursor(byte[] octets) {
        this(octets, false);
    }

    /** @param utf8 whether names of mailboxes are in UTF-8 */
    Cursor(byte[] octets, boolean utf8) {
        this.octets = octets;
        this.utf8 = utf8;
    }

    /** The next octet, or -1 at the end. */
    int peek() {
        return at < octets.length ? octets[at] & 0xFF : -1;
    }

    boolean atEnd() {
        return at == octets.length;
    }

    /** Takes {@code octet} if it comes next. */
    boolean accept(char octet) {
        if (peek() != octet) {
            return false;
        }
        at++;
        return true;
    }

    void expect(char octet) throws SyntaxException {
        if (!accept(octet)) {
            throw new SyntaxException(atEnd() ? "Missing arguments" : "Expected '" + octet + "' at octet " + at);
        }
    }

    /** {@code SP}: exactly one. */
    void sp() throws SyntaxException {
        expect(' ');
    }

    /** The end of the command. */
    void end() throws SyntaxException {
        if (!atEnd()) {
            throw new SyntaxException("Too many arguments");
        }
    }

    /** Whether {@code word} comes next, in any case. */
    boolean startsWith(String word) {
        int start = at;
        boolean there = acceptWord(word);
        at = start;
        return there;
    }

    /** Takes {@code word}, in any case, if it comes next. */
    boolean acceptWord(String word) {
        if (octets.length - at < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (Character.toUpperCase((char) (octets[at + i] & 0xFF)) != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    /** As many octets of a class as there are; at least one. */
    String word(IntPredicate member, String what) throws SyntaxException {
        int start = at;
        while (at < octets.length && member.test(octets[at] & 0xFF)) {
            at++;
        }
        if (at == start) {
            throw new SyntaxException("Expected " + what);
        }
        return new String(octets, start, at - start, StandardCharsets.US_ASCII);
    }

    /** {@code atom = 1*ATOM-CHAR}. */
    String atom() throws SyntaxException {
        return word(Characters::atom, "an atom");
    }

    /** An atom that names something without regard to case, in upper case. */
    String keyword() throws SyntaxException {
        return atom().toUpperCase(Locale.ROOT);
    }

    /** {@code number = 1*DIGIT}: unsigned 32 bits. */
    long number() throws SyntaxException {
        long value = 0;
        int start = at;
        while (Characters.digit(peek())) {
            value = value * 10 + (peek() - '0');
            at++;
            if (value > MAX_NUMBER) {
                throw new SyntaxException("Number too large");
            }
        }
        if (at == start) {
            throw new SyntaxException("Expected a number");
        }
        return value;
    }

    /** {@code nz-number}. */
    long nzNumber() throws SyntaxException {
        return positive(number());
    }

    private static long positive(long value) throws SyntaxException {
        if (value == 0) {
            throw new SyntaxException("Zero where a positive number belongs");
        }
        return value;
    }

    /** {@code number64 = 1*DIGIT}: unsigned 63 bits (RFC 9051 §9). */
    long number64() throws SyntaxException {
        return unsigned63("a number", "Number too large");
    }

    /** {@code nz-number64}. */
    long nzNumber64() throws SyntaxException {
        return positive(number64());
    }

    /** {@code mod-sequence-valzer = "0" / mod-sequence-value}: unsigned 63 bits (RFC 7162 §7). */
    long modSequence() throws SyntaxException {
        return unsigned63("a mod-sequence", "Mod-sequence too large");
    }

    private long unsigned63(String what, String tooLarge) throws SyntaxException {
        String digits = word(Characters::digit, what);
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException _) {
            throw new SyntaxException(tooLarge);
        }
    }

    /** {@code astring = 1*ASTRING-CHAR / string}. */
    byte[] astring() throws SyntaxException {
        return atString() ? string() : word(Characters::astring, "a string").getBytes(StandardCharsets.US_ASCII);
    }

    /** {@code mailbox = "INBOX" / astring}: the name as it was written. */
    String mailbox() throws SyntaxException {
        return name(astring());
    }

    /** The text of a mailbox's name, or of a pattern for some. */
    String name(byte[] wire) throws SyntaxException {
        return utf8 ? utf8(wire) : ModifiedUtf7.decode(wire);
    }

    /** {@code list-mailbox = 1*list-char / string}. */
    byte[] listMailbox() throws SyntaxException {
        return atString() ? string() : word(Characters::list, "a pattern").getBytes(StandardCharsets.US_ASCII);
    }

    private boolean atString() {
        return peek() == '"' || peek() == '{';
    }

    /** {@code string = quoted / literal}. */
    byte[] string() throws SyntaxException {
        if (peek() == '{') {
            return literal();
        }
        expect('"');
        byte[] text = new byte[octets.length - at];
        int length = 0;
        while (!accept('"')) {
            accept('\\');
            int octet = peek();
            if (octet < ' ') {
                throw new SyntaxException("Unfinished quoted string");
            }
            text[length++] = (byte) octet;
            at++;
        }
        return Arrays.copyOf(text, length);
    }

    /** {@code literal = "{" number ["+"] "}" CRLF *CHAR8}, the {@code +} of RFC 7888. */
    private byte[] literal() throws SyntaxException {
        expect('{');
        long size = number();
        accept('+');
        expect('}');
        expect('\r');
        expect('\n');
        if (size > octets.length - at) {
            throw new SyntaxException("Unfinished literal");
        }
        byte[] text = Arrays.copyOfRange(octets, at, at + (int) size);
        at += (int) size;
        for (byte octet : text) {
            if (octet == 0) {
                throw new SyntaxException("NUL in a literal");
            }
        }
        return text;
    }

    /** {@code ["~"] "{" number64 ["+"] "}"} at the end: the literal, or literal8, whose octets are not here. */
    LiteralHeader literalHeader() throws SyntaxException {
        boolean binary = accept('~');
        expect('{');
        long size = number64();
        boolean waits = !accept('+');
        expect('}');
        end();
        return new LiteralHeader(size, waits, binary);
    }

    /** Whether names of mailboxes are in UTF-8. */
    boolean utf8Names() {
        return utf8;
    }

    /** An {@code astring} that is text. */
    String text() throws SyntaxException {
        return utf8(astring());
    }

    static String utf8(byte[] octets) throws SyntaxException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException _) {
            throw new SyntaxException("Not UTF-8");
        }
    }
}
