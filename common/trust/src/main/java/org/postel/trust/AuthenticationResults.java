package org.postel.trust;

import java.util.List;
import java.util.stream.Collectors;

/** Writes the field that tells what was found: RFC 8601 §2.2. */
final class AuthenticationResults {

    static final String NAME = "Authentication-Results";
    // tspecials, RFC 2045 §5.1, but for the @ of names, which pvalue allows bare
    private static final String SPECIAL = "()<>,;:\\\"/[]?=";

    private AuthenticationResults() {
    }

    /** The field, folded, each line ended by CRLF. */
    static String field(String authservId, List<Result> results) {
        String found = results.isEmpty() ? "; none" : results.stream().map(AuthenticationResults::text).collect(Collectors.joining());
        return NAME + ": " + authservId + found + "\r\n";
    }

    // resinfo = [CFWS] ";" methodspec [ CFWS reasonspec ] [ CFWS 1*propspec ]
    private static String text(Result result) {
        StringBuilder text = new StringBuilder(";\r\n\t").append(result.method()).append('=').append(result.result());
        if (!result.reason().isEmpty()) {
            text.append(" reason=").append(quoted(result.reason()));
        }
        result.properties().forEach(property -> text.append("\r\n\t ").append(property.name()).append('=').append(value(property.value())));
        return text.toString();
    }

    private static String value(String value) {
        return bare(value) ? value : quoted(value);
    }

    private static boolean bare(String value) {
        return !value.isEmpty() && value.chars().allMatch(character -> character > ' ' && character < 0x7f && SPECIAL.indexOf(character) < 0);
    }

    // Much of it is a stranger's: no control, quote or character that is not ASCII gets through (SAFETY row 11).
    private static String quoted(String text) {
        return '"' + text.replaceAll("[^ -~]", "?").replaceAll("[\"\\\\]", "\\\\$0") + '"';
    }
}
