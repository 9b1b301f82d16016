package org.postel.imap.syntax;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The encoding of mailbox names, RFC 3501 §5.1.3. Only the one canonical form of a name is accepted: two spellings of one
 * name would be two ways past a check.
 */
public final class ModifiedUtf7 {

    private ModifiedUtf7() {
    }

    /** A name as it goes over the wire: printable US-ASCII only. */
    public static String encode(String name) {
        StringBuilder wire = new StringBuilder(name.length() + 8);
        int at = 0;
        while (at < name.length()) {
            char letter = name.charAt(at);
            if (letter == '&') {
                wire.append("&-");
                at++;
            } else if (direct(letter)) {
                wire.append(letter);
                at++;
            } else {
                int end = at;
                while (end < name.length() && !direct(name.charAt(end))) {
                    end++;
                }
                wire.append('&').append(shifted(name.substring(at, end))).append('-');
                at = end;
            }
        }
        return wire.toString();
    }

    private static boolean direct(int letter) {
        return letter >= 0x20 && letter <= 0x7E;
    }

    private static String shifted(String text) {
        byte[] base64 = Base64.getEncoder().withoutPadding().encode(text.getBytes(StandardCharsets.UTF_16BE));
        return new String(base64, StandardCharsets.US_ASCII).replace('/', ',');
    }

    /**
     * The name that {@code wire} spells.
     *
     * @throws SyntaxException for octets outside printable US-ASCII, an unfinished or superfluous shift, or half a surrogate pair
     */
    public static String decode(byte[] wire) throws SyntaxException {
        StringBuilder name = new StringBuilder(wire.length);
        int at = 0;
        while (at < wire.length) {
            if (!direct(wire[at])) {
                throw invalid();
            }
            if (wire[at] != '&') {
                name.append((char) wire[at++]);
                continue;
            }
            int end = at + 1;
            while (end < wire.length && wire[end] != '-') {
                end++;
            }
            if (end == wire.length) {
                throw invalid();
            }
            name.append(end == at + 1 ? "&" : unshifted(Arrays.copyOfRange(wire, at + 1, end)));
            at = end + 1;
        }
        String decoded = name.toString();
        // Superfluous shifts ("&AGE-" for "a", "&ZeU-&Zyw-" for one shift) spell a name a second way.
        if (!encode(decoded).equals(new String(wire, StandardCharsets.US_ASCII))) {
            throw invalid();
        }
        return decoded;
    }

    private static String unshifted(byte[] shift) throws SyntaxException {
        String base64 = new String(shift, StandardCharsets.US_ASCII);
        if (base64.indexOf('/') >= 0 || base64.indexOf('=') >= 0) {
            throw invalid();
        }
        try {
            byte[] utf16 = Base64.getDecoder().decode(base64.replace(',', '/'));
            return StandardCharsets.UTF_16BE.newDecoder().decode(ByteBuffer.wrap(utf16)).toString();
        } catch (IllegalArgumentException | CharacterCodingException _) {
            throw invalid();
        }
    }

    private static SyntaxException invalid() {
        return new SyntaxException("Mailbox name is not modified UTF-7");
    }
}
