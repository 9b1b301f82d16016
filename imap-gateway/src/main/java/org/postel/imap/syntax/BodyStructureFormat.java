package org.postel.imap.syntax;

import com.google.protobuf.ByteString;
import java.util.List;
import org.postel.mailbox.api.v1.BodyPart;
import org.postel.mailbox.api.v1.Disposition;
import org.postel.mailbox.api.v1.Parameter;

/** {@code body} of RFC 3501 §7.4.2, for BODY and, with its extension data, BODYSTRUCTURE. */
public final class BodyStructureFormat {

    private final ResponseBuffer out;
    private final boolean extended;

    private BodyStructureFormat(ResponseBuffer out, boolean extended) {
        this.out = out;
        this.extended = extended;
    }

    public static void write(ResponseBuffer out, BodyPart body, boolean extended) {
        new BodyStructureFormat(out, extended).body(body);
    }

    /** {@code body = "(" (body-type-1part / body-type-mpart) ")"}. */
    private void body(BodyPart part) {
        out.raw("(");
        if (part.getPartsCount() > 0) {
            multipart(part);
        } else {
            // A multipart without parts is shown as a leaf: body-type-mpart needs at least one.
            single(part);
        }
        out.raw(")");
    }

    /** {@code body-type-mpart = 1*body SP media-subtype [SP body-ext-mpart]}. */
    private void multipart(BodyPart part) {
        part.getPartsList().forEach(this::body);
        out.sp().string(part.getSubtype().toByteArray());
        if (extended) {
            out.sp();
            parameters(part.getParametersList());
            commonExtension(part);
        }
    }

    /** {@code body-type-1part = (body-type-basic / body-type-msg / body-type-text) [SP body-ext-1part]}. */
    private void single(BodyPart part) {
        out.string(part.getType().toByteArray()).sp().string(part.getSubtype().toByteArray()).sp();
        fields(part);
        if (part.hasMessage() && message(part)) {
            out.sp();
            EnvelopeFormat.write(out, part.getEnvelope());
            out.sp();
            body(part.getMessage());
            out.sp().number(part.getLines());
        } else if (is(part.getType(), "text")) {
            out.sp().number(part.getLines());
        }
        if (extended) {
            out.sp();
            EnvelopeFormat.nstring(out, part.hasMd5(), part.getMd5());
            commonExtension(part);
        }
    }

    private static boolean message(BodyPart part) {
        return is(part.getType(), "message") && (is(part.getSubtype(), "rfc822") || is(part.getSubtype(), "global"));
    }

    /** {@code body-fields = body-fld-param SP body-fld-id SP body-fld-desc SP body-fld-enc SP body-fld-octets}. */
    private void fields(BodyPart part) {
        parameters(part.getParametersList());
        out.sp();
        EnvelopeFormat.nstring(out, part.hasId(), part.getId()).sp();
        EnvelopeFormat.nstring(out, part.hasDescription(), part.getDescription()).sp();
        out.string(part.getEncoding().isEmpty() ? ByteString.copyFromUtf8("7BIT").toByteArray()
                : part.getEncoding().toByteArray()).sp();
        out.number(part.getBodyEnd() - part.getBodyStart());
    }

    /** {@code [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc]]]}. */
    private void commonExtension(BodyPart part) {
        out.sp();
        if (part.hasDisposition()) {
            disposition(part.getDisposition());
        } else {
            out.nil();
        }
        out.sp();
        language(part.getLanguageList());
        out.sp();
        EnvelopeFormat.nstring(out, part.hasLocation(), part.getLocation());
    }

    private void disposition(Disposition disposition) {
        out.raw("(").string(disposition.getType().toByteArray()).sp();
        parameters(disposition.getParametersList());
        out.raw(")");
    }

    /** {@code body-fld-lang = nstring / "(" string *(SP string) ")"}. */
    private void language(List<ByteString> languages) {
        switch (languages.size()) {
            case 0 -> out.nil();
            case 1 -> out.string(languages.getFirst().toByteArray());
            default -> out.list(languages, language -> out.string(language.toByteArray()));
        }
    }

    /** {@code body-fld-param = "(" string SP string *(SP string SP string) ")" / nil}. */
    private void parameters(List<Parameter> parameters) {
        if (parameters.isEmpty()) {
            out.nil();
            return;
        }
        out.list(parameters, parameter ->
                out.string(parameter.getName().toByteArray()).sp().string(parameter.getValue().toByteArray()));
    }

    private static boolean is(ByteString octets, String word) {
        return octets.toStringUtf8().equalsIgnoreCase(word);
    }
}
