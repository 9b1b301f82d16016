package org.postel.mail.mime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/** Turns octets into text, whatever their label says: search must not fail on a mail that lies about its charset. */
final class CharsetNames {

    // What senders without a label mean when it is not UTF-8; a superset of ISO 8859-1's letters.
    private static final Charset UNLABELLED = Charset.forName("windows-1252");

    private CharsetNames() {
    }

    /** The charset of this name; UTF-8 when it is unknown, or US-ASCII, which it contains. */
    static Charset named(String name) {
        try {
            Charset charset = Charset.forName(name);
            return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8;
        }
    }

    /** The text of octets without a label: UTF-8 (RFC 6532) if they are, else what western software sends. */
    static String unlabelled(byte[] octets) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException other) {
            return new String(octets, UNLABELLED);
        }
    }
}
