package org.postel.delivery.smtp;

import java.io.IOException;
import java.io.InputStream;

/**
 * What the octets of a message need of a server, whatever its client said of them: RFC 6152 §3 and RFC 3030 §3. Content is
 * read again for it only where the answer decides something.
 */
final class OctetNeeds {

    private static final int LOOKED_AT = 64 * 1024;
    // RFC 5321 §4.5.3.1.6, without CRLF.
    private static final int LONGEST_LINE = 998;

    private OctetNeeds() {
    }

    /** Whether to declare BODY=8BITMIME; long content is not read for it, because 7-bit content may be declared so too. */
    static boolean mayHaveEightBit(OutgoingMail mail) throws IOException {
        return mail.body() != OutgoingMail.Body.SEVEN_BIT || mail.size() > LOOKED_AT || hasEightBit(mail);
    }

    static boolean hasEightBit(OutgoingMail mail) throws IOException {
        return anyOctet(mail, octet -> octet < 0);
    }

    static boolean headerHasEightBit(OutgoingMail mail) throws IOException {
        try (InputStream content = mail.content().open()) {
            byte[] start = content.readNBytes(LOOKED_AT);
            int lineLength = 0;
            for (byte octet : start) {
                if (octet < 0) {
                    return true;
                }
                if (octet == '\n' && lineLength == 0) {
                    return false;
                }
                lineLength = octet == '\n' ? 0 : octet == '\r' ? lineLength : lineLength + 1;
            }
            return start.length == LOOKED_AT;
        }
    }

    /** Whether it is no text of lines: a NUL, a CR or LF by itself, or a line that no server need take. */
    static boolean isBinary(OutgoingMail mail) throws IOException {
        return anyOctet(mail, new Lines());
    }

    @FunctionalInterface
    private interface Sign {
        boolean in(byte octet);
    }

    private static final class Lines implements Sign {
        private int length;
        private boolean afterCr;

        @Override
        public boolean in(byte octet) {
            if (octet == 0 || afterCr != (octet == '\n') || length > LONGEST_LINE) {
                return true;
            }
            afterCr = octet == '\r';
            length = octet == '\n' || octet == '\r' ? 0 : length + 1;
            return false;
        }
    }

    private static boolean anyOctet(OutgoingMail mail, Sign sign) throws IOException {
        byte[] block = new byte[16 * 1024];
        try (InputStream content = mail.content().open()) {
            for (int got = content.read(block); got >= 0; got = content.read(block)) {
                for (int i = 0; i < got; i++) {
                    if (sign.in(block[i])) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
