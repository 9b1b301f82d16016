package org.postel.mail.dsn;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes {@code xtext = *( xchar / hexchar )}, {@code hexchar = "+" 2(%x30-39 / %x41-46)}: RFC 3461 §4. */
public final class Xtext {

    // EmbeddedUnicodeChar = %x5C.78 "{" HEXPOINT "}"
    private static final Pattern EMBEDDED = Pattern.compile("\\\\x\\{([0-9A-F]{2,6})}");

    private Xtext() {
    }

    /** Writes an ASCII text. */
    public static String encode(String text) {
        StringBuilder xtext = new StringBuilder();
        for (char c : text.toCharArray()) {
            boolean plain = c > ' ' && c <= '~' && c != '+' && c != '=';
            xtext.append(plain ? String.valueOf(c) : "+%02X".formatted((int) c));
        }
        return xtext.toString();
    }

    /**
     * The address in an ORCPT parameter: {@code addr-type ";" xtext}, RFC 3461 §4.2, where type utf-8 has characters written
     * as {@code \x{E9}}, RFC 6533 §3.
     */
    static String address(String originalRecipient) {
        int semicolon = originalRecipient.indexOf(';');
        String address = decode(originalRecipient.substring(semicolon + 1));
        return originalRecipient.regionMatches(true, 0, "utf-8;", 0, 6)
                ? EMBEDDED.matcher(address).replaceAll(point -> Matcher.quoteReplacement(character(point.group(1)))) : address;
    }

    private static String character(String hexadecimal) {
        int point = Integer.parseInt(hexadecimal, 16);
        return Character.isValidCodePoint(point) ? Character.toString(point) : "?";
    }

    /** The text it stands for, its octets read as UTF-8: U+FFFD where they are none. What is no hexchar stays as it is. */
    public static String decode(String xtext) {
        byte[] octets = xtext.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(octets.length);
        for (int i = 0; i < octets.length; i++) {
            int high = octets[i] == '+' && i + 2 < octets.length ? Character.digit(octets[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(octets[i + 2], 16) : -1;
            if (low >= 0) {
                decoded.write(high << 4 | low);
                i += 2;
            } else {
                decoded.write(octets[i]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }
}
