package org.postel.mail.dsn;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.james.mime4j.codec.EncoderUtil;

/** Writes text that may not be ASCII so that any mail server takes it. */
final class TextEncoding {

    private TextEncoding() {
    }

    /** A subject, in encoded-words where it needs them (RFC 2047 §5). */
    static String words(String clean) {
        return EncoderUtil.encodeIfNecessary(clean, EncoderUtil.Usage.TEXT_TOKEN, "Subject: ".length());
    }

    /** The name of a sender, in encoded-words where it needs them (RFC 2047 §5). */
    static String phrase(String clean) {
        return EncoderUtil.encodeIfNecessary(clean, EncoderUtil.Usage.WORD_ENTITY, "From: ".length());
    }

    /** A text with CRLF (RFC 2045 §6.7). */
    static String quotedPrintable(String text) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try {
            EncoderUtil.encodeQ(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), encoded);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return encoded.toString(StandardCharsets.US_ASCII);
    }
}
