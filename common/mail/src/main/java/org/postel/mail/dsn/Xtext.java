package org.postel.mail.dsn;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Reads and writes {@code xtext = *( xchar / hexchar )}, {@code hexchar = "+" 2(%x30-39 / %x41-46)}: RFC 3461 §4. */
public final class Xtext {

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

    /** The text it stands for; what is no hexchar stays as it is. */
    static String decode(String xtext) {
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
