package org.postel.trust;

import java.util.Locale;
import org.postel.trust.message.Field;

/** Tells the Authentication-Results that came with a mail and say to be ours: RFC 8601 §5. */
public final class ForgedResults {

    private static final String FIELD = AuthenticationResults.NAME.toLowerCase(Locale.ROOT);

    private final String authservId;

    /** @param authservId our name in such fields */
    public ForgedResults(String authservId) {
        this.authservId = canonical(authservId);
    }

    /** Whether the field must go. One whose maker cannot be made out goes too: who reads it later may read our name. */
    public boolean contain(Field field) {
        if (!field.name().equals(FIELD)) {
            return false;
        }
        String maker = maker(field.value());
        return maker.isEmpty() || canonical(maker).equals(authservId);
    }

    private static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    }

    // authres-header = "Authentication-Results:" [CFWS] authserv-id [ CFWS authres-version ] ( no-result / 1*resinfo ) [CFWS] CRLF
    private static String maker(String value) {
        int start = afterComments(value);
        if (start < value.length() && value.charAt(start) == '"') {
            int end = value.indexOf('"', start + 1);
            // An escaped quote makes it no name of anybody we know: given up as not to be made out.
            return end < 0 || value.substring(start, end).contains("\\") ? "" : value.substring(start + 1, end).strip();
        }
        int end = start;
        while (end < value.length() && " \t;(\"=/,".indexOf(value.charAt(end)) < 0) {
            end++;
        }
        return value.substring(start, end);
    }

    private static int afterComments(String value) {
        int depth = 0;
        int at = 0;
        for (; at < value.length(); at++) {
            char character = value.charAt(at);
            if (depth > 0 && character == '\\') {
                at++;
            } else if (character == '(') {
                depth++;
            } else if (character == ')' && depth > 0) {
                depth--;
            } else if (depth == 0 && character != ' ' && character != '\t') {
                return at;
            }
        }
        return value.length();
    }
}
