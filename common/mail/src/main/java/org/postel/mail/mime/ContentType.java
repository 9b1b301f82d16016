package org.postel.mail.mime;

import java.util.List;
import java.util.Optional;

/** Content-Type (RFC 2045 §5), or what stands for it where there is none. */
public record ContentType(Octets type, Octets subtype, List<Parameter> parameters) {

    /** RFC 2045 §5.2: no or a broken Content-Type means plain US-ASCII text. */
    public static final ContentType TEXT_PLAIN = new ContentType(Octets.of("text"), Octets.of("plain"),
            List.of(new Parameter(Octets.of("charset"), Octets.of("us-ascii"))));

    /** RFC 2046 §5.1.5: the default within multipart/digest. */
    public static final ContentType MESSAGE = new ContentType(Octets.of("message"), Octets.of("rfc822"), List.of());

    public ContentType {
        parameters = List.copyOf(parameters);
    }

    public boolean isText() {
        return type.is("text");
    }

    /** Whether a person can read the body as it is: a text, or a report for programs (message/delivery-status and the like) in lines of text. */
    public boolean isReadable() {
        return isText() || type.is("message") && !isMessage();
    }

    public boolean isMultipart() {
        return type.is("multipart");
    }

    /** Whether a message stands in the body: message/rfc822, or message/global (RFC 6532 §3.7). */
    public boolean isMessage() {
        return type.is("message") && (subtype.is("rfc822") || subtype.is("global"));
    }

    /** The first parameter of this name, compared without case. */
    public Optional<Octets> parameter(String name) {
        return parameters.stream().filter(parameter -> parameter.name().is(name)).map(Parameter::value).findFirst();
    }
}
