package org.postel.bench.load;

import java.nio.charset.StandardCharsets;

/**
 * A message that is written anew for each use into the same octets. Its lines never begin with a dot, so it is the same on the
 * wire of SMTP and in an APPEND. For one thread.
 */
public final class Letter {

    private static final byte[] DOT = ".\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int ROOM_FOR_HEADER = 1024;
    private static final int ROOM_FOR_SIGNATURES = 4096;

    private final Prose prose;
    private final byte[] octets = new byte[SizeMix.LARGEST + ROOM_FOR_HEADER + ROOM_FOR_SIGNATURES];
    private int body;
    private int length;

    /** With the text that bodies are cut from. */
    public Letter(Prose prose) {
        this.prose = prose;
    }

    /**
     * Writes a message.
     *
     * @param id what makes it unique, in the subject and in the message id
     * @param to the address in the header
     * @param size of the body in octets, about
     */
    public Letter write(LetterId id, String to, int size) {
        String header = "From: Load <load@load.example.test>\r\nTo: <" + to + ">\r\nSubject: " + id.subject()
                + "\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\nMessage-ID: <" + id.run() + "." + id.number()
                + "@load.example.test>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n";
        byte[] head = header.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, octets, 0, head.length);
        body = head.length;
        length = head.length + prose.copy(id.number(), size, octets, head.length);
        return this;
    }

    /**
     * Puts fields on top of the header.
     *
     * @param fields whole lines, of 4 KiB at most; may be empty
     */
    public Letter under(byte[] fields) {
        System.arraycopy(octets, 0, octets, fields.length, length);
        System.arraycopy(fields, 0, octets, 0, fields.length);
        body += fields.length;
        length += fields.length;
        return this;
    }

    /** Adds the line that ends the content on the wire of SMTP (RFC 5321 §4.1.1.4). */
    public Letter dotted() {
        System.arraycopy(DOT, 0, octets, length, DOT.length);
        length += DOT.length;
        return this;
    }

    /** Valid up to {@link #length()}. */
    public byte[] octets() {
        return octets;
    }

    /** Where the body begins. */
    int body() {
        return body;
    }

    /** In octets. */
    public int length() {
        return length;
    }
}
