package org.postel.mail.mime;

import java.util.List;
import java.util.Optional;

/**
 * The MIME fields of a part's header (RFC 2045 §3, RFC 2183, RFC 3282, RFC 2557, RFC 1864).
 *
 * @param encoding Content-Transfer-Encoding, {@code 7BIT} where there is none
 */
public record PartHeader(
        ContentType contentType,
        Octets encoding,
        Optional<Octets> id,
        Optional<Octets> description,
        Optional<Octets> md5,
        Optional<Disposition> disposition,
        List<Octets> language,
        Optional<Octets> location) {

    /** RFC 2045 §6.1. */
    public static final Octets SEVEN_BIT = Octets.of("7BIT");

    public PartHeader {
        language = List.copyOf(language);
    }

    /** Whether the body must be decoded before its lines can be read. */
    public boolean isEncoded() {
        return encoding.is("base64") || encoding.is("quoted-printable");
    }
}
