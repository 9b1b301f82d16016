package org.postel.mail.mime;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads fields of the form {@code value *(";" attribute "=" value)} (RFC 2045 §5.1, RFC 2183 §2). An unquoted value may hold
 * octets that should have been quoted, such as {@code /} and {@code =}: software in use writes boundaries like that.
 */
final class ParameterizedField {

    private final FieldLexer lexer;
    private final int limit;

    private ParameterizedField(Octets value, int limit) {
        this.lexer = new FieldLexer(value);
        this.limit = limit;
    }

    /** Empty when type or subtype is missing (RFC 2045 §5.2: then the default holds). */
    static Optional<ContentType> contentType(Octets value, MimeLimits limits) {
        ParameterizedField field = new ParameterizedField(value, limits.parameters());
        Octets type = field.token("/;");
        if (type.isEmpty() || !field.lexer.take('/')) {
            return Optional.empty();
        }
        Octets subtype = field.token("/;");
        return subtype.isEmpty() ? Optional.empty() : Optional.of(new ContentType(type, subtype, field.parameters()));
    }

    static Optional<Disposition> disposition(Octets value, MimeLimits limits) {
        ParameterizedField field = new ParameterizedField(value, limits.parameters());
        Octets type = field.token(";=");
        return type.isEmpty() ? Optional.empty() : Optional.of(new Disposition(type, field.parameters()));
    }

    /** The first token of the value. */
    static Optional<Octets> token(Octets value) {
        return Optional.of(new ParameterizedField(value, 0).token(";,")).filter(token -> !token.isEmpty());
    }

    /** Content-Language: tokens with commas between (RFC 3282 §2). */
    static List<Octets> languages(Octets value, MimeLimits limits) {
        ParameterizedField field = new ParameterizedField(value, limits.parameters());
        List<Octets> found = new ArrayList<>();
        do {
            Octets tag = field.token(",");
            if (!tag.isEmpty() && found.size() < field.limit) {
                found.add(tag);
            }
            field.lexer.skipTo(',');
        } while (field.lexer.take(','));
        return found;
    }

    private Octets token(String stops) {
        ByteArrayOutputStream token = new ByteArrayOutputStream();
        lexer.skipSpace();
        lexer.readRun(token, stops);
        lexer.skipSpace();
        return Octets.of(token.toByteArray());
    }

    private List<Parameter> parameters() {
        List<Parameter> found = new ArrayList<>();
        lexer.skipTo(';');
        while (found.size() < limit && lexer.take(';')) {
            Octets name = token(";=");
            if (!name.isEmpty() && lexer.take('=')) {
                found.add(new Parameter(name, parameterValue()));
            }
            lexer.skipTo(';');
        }
        return found;
    }

    private Octets parameterValue() {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        lexer.skipSpace();
        if (lexer.peek() == '"') {
            lexer.readQuotedString(value);
        } else {
            lexer.readRun(value, ";");
        }
        return Octets.of(value.toByteArray());
    }
}
