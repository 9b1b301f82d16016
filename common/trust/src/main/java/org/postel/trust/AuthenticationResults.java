package org.postel.trust;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the field that tells what was found: RFC 8601 §2.2. */
final class AuthenticationResults {

    static final String NAME = "Authentication-Results";
    // token, RFC 2045 §5.1, and the @ and dots of names, which pvalue allows bare
    private static final Predicate<String> BARE = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`{|}~@-]+").asMatchPredicate();

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
        return BARE.test(value) ? value : quoted(value);
    }

    // Much of it is a stranger's: no control, quote or character that is not ASCII gets through (SAFETY row 11).
    private static String quoted(String text) {
        return '"' + text.replaceAll("[^ -~]", "?").replaceAll("[\"\\\\]", "\\\\$0") + '"';
    }
}
