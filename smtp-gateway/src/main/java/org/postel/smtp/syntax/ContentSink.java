package org.postel.smtp.syntax;

/** Takes decoded content, piece by piece. */
@FunctionalInterface
public interface ContentSink {

    /** Takes octets; the array is used again afterwards. */
    void accept(byte[] octets, int offset, int length);
}
