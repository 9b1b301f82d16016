package org.postel.trust;

import java.util.List;

/** Writes the field that tells what was found: RFC 8601 §2.2. */
final class AuthenticationResults {

    static final String NAME = "Authentication-Results";
    // tspecials, RFC 2045 §5.1, but for the @ of names, which pvalue allows bare
    private static final String SPECIAL = "()<>,;:\\\"/[]?=";

    private AuthenticationResults() {
    }

    /** The field, folded, each line ended by CRLF. */
    static String field(String authservId, List<Result> results) {
        StringBuilder field = new StringBuilder(512).append(NAME).append(": ").append(authservId);
        for (Result result : results) {
            append(result, field);
        }
        return field.append(results.isEmpty() ? "; none\r\n" : "\r\n").toString();
    }

    // resinfo = [CFWS] ";" methodspec [ CFWS reasonspec ] [ CFWS 1*propspec ]
    private static void append(Result result, StringBuilder field) {
        field.append(";\r\n\t").append(result.method()).append('=').append(result.result());
        if (!result.reason().isEmpty()) {
            field.append(" reason=").append(quoted(result.reason()));
        }
        for (Result.Property property : result.properties()) {
            field.append("\r\n\t ").append(property.name()).append('=').append(bare(property.value()) ? property.value() : quoted(property.value()));
        }
    }

    private static boolean bare(String value) {
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character <= ' ' || character >= 0x7f || SPECIAL.indexOf(character) >= 0) {
                return false;
            }
        }
        return !value.isEmpty();
    }

    // Much of it is a stranger's: no control, quote or character that is not ASCII gets through (SAFETY row 11).
    private static String quoted(String text) {
        return '"' + text.replaceAll("[^ -~]", "?").replaceAll("[\"\\\\]", "\\\\$0") + '"';
    }
}
