package org.postel.endtoend;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Messages of every kind, made from a seed: the same seed, the same octets. All lines end in CRLF. */
final class Messages {

    private static final int LINE = 76;
    private static final int LONG_LINE = 998;

    private Messages() {
    }

    /** A short one with a subject of its own. */
    static byte[] plain(String from, String to, String subject) {
        return (header(from, to, subject) + "\r\nHello,\r\n.\r\n..this line starts with dots\r\nBye\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** At least that many octets of ASCII in lines of different length, some of which start with a dot. */
    static byte[] ofSize(int size, long seed) {
        Random random = new Random(seed);
        ByteArrayOutputStream message = new ByteArrayOutputStream(size + LONG_LINE);
        message.writeBytes((header("sender@example.org", "somebody@example.test", "size " + size) + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        while (message.size() < size) {
            int length = random.nextInt(20) == 0 ? LONG_LINE : random.nextInt(LINE);
            for (int i = 0; i < length; i++) {
                message.write(i == 0 && random.nextInt(5) == 0 ? '.' : ' ' + random.nextInt(95));
            }
            message.write('\r');
            message.write('\n');
        }
        return message.toByteArray();
    }

    static byte[] multipart(String subject) {
        return (header("sender@example.org", "somebody@example.test", subject) + """
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="=_outer"

                A preamble nobody sees.
                --=_outer
                Content-Type: multipart/alternative; boundary="=_inner"

                --=_inner
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                Gr=C3=BC=C3=9Fe
                --=_inner
                Content-Type: text/html

                <p>Hello</p>
                --=_inner--
                --=_outer
                Content-Type: application/octet-stream; name="a.bin"
                Content-Transfer-Encoding: base64
                Content-Disposition: attachment; filename="a.bin"

                AAECAwQFBgcICQ==
                --=_outer--
                """.replace("\n", "\r\n")).getBytes(StandardCharsets.US_ASCII);
    }

    /** Octets above 127 that are no UTF-8 (RFC 6152). */
    static byte[] eightBit() {
        return (header("sender@example.org", "somebody@example.test", "eight bit") + """
                MIME-Version: 1.0
                Content-Type: text/plain; charset=iso-8859-1
                Content-Transfer-Encoding: 8bit

                Gr\u00fc\u00dfe aus K\u00f6ln
                """.replace("\n", "\r\n")).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** UTF-8 in the header too (RFC 6532). */
    static byte[] utf8() {
        return (header("sender@example.org", "somebody@example.test", "Gr\u00fc\u00dfe \u4f60\u597d \ud83d\udc8c") + """
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit

                \u4f60\u597d, \u043c\u0438\u0440
                """.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8);
    }

    private static String header(String from, String to, String subject) {
        return "From: <" + from + ">\r\nTo: <" + to + ">\r\nSubject: " + subject
                + "\r\nDate: Mon, 2 Feb 2026 10:00:00 +0000\r\nMessage-ID: <" + Integer.toHexString(subject.hashCode())
                + "." + to + ">\r\n";
    }
}
