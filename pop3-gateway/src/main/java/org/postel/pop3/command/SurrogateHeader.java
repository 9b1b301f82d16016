package org.postel.pop3.command;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The header of a message for a client that did not turn UTF-8 on (RFC 6856 §2.1): each field with characters outside ASCII as
 * RFC 6858 has it. Headers of parts within the message stay as they are.
 */
final class SurrogateHeader {

    private SurrogateHeader() {}

    /** Where the header ends, behind the empty line; -1 when {@code octets} end before. */
    static int end(byte[] octets, int length) {
        for (int i = 0; i < length; i++) {
            boolean emptyLine = octets[i] == '\n' && (i == 0 || octets[i - 1] == '\n' || octets[i - 1] == '\r' && (i == 1 || octets[i - 2] == '\n'));
            if (emptyLine) {
                return i + 1;
            }
        }
        return -1;
    }

    /** Whether there is an octet outside ASCII among the first. */
    static boolean needed(byte[] octets, int length) {
        for (int i = 0; i < length; i++) {
            if (octets[i] < 0) {
                return true;
            }
        }
        return false;
    }

    /** The octets with their header, which ends at {@code end}, in ASCII. */
    static byte[] of(byte[] octets, int end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length + 256);
        int field = 0;
        for (int i = 0; i < end; i++) {
            boolean lineEnds = octets[i] == '\n';
            boolean goesOn = i + 1 < end && (octets[i + 1] == ' ' || octets[i + 1] == '\t');
            if (lineEnds && !goesOn) {
                out.writeBytes(SurrogateField.of(Arrays.copyOfRange(octets, field, i + 1)));
                field = i + 1;
            }
        }
        out.write(octets, field, octets.length - field);
        return out.toByteArray();
    }
}
