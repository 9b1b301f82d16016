package org.postel.mail.mime;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the ids of Message-ID, References and In-Reply-To ({@code msg-id = "<" id-left "@" id-right ">"}, RFC 5322 §3.6.4) in the
 * form in which they are compared: without brackets, blanks and quotation that changes nothing (RFC 5256 §2.3). What lies between is passed over.
 */
public final class MessageIds {

    /** Octets of an id: those of a line (RFC 5322 §2.1.1); a longer one is none. */
    private static final int LONGEST = 998;

    private final String value;
    private int at;

    private MessageIds(String value) {
        this.value = value;
    }

    /** In the order of the field. */
    public static List<String> of(Octets value) {
        MessageIds reader = new MessageIds(value.toString());
        List<String> ids = new ArrayList<>();
        while (reader.skipToBracket()) {
            String id = reader.id();
            if (id.length() <= LONGEST && id.indexOf('@') > 0 && id.indexOf('@') < id.length() - 1) {
                ids.add(id);
            }
        }
        return ids;
    }

    private boolean skipToBracket() {
        at = value.indexOf('<', at);
        return at >= 0 && ++at <= value.length();
    }

    /** Up to the closing bracket; an id that is not closed is none. */
    private String id() {
        StringBuilder id = new StringBuilder();
        boolean quoted = false;
        while (at < value.length()) {
            char letter = value.charAt(at++);
            if (letter == '"') {
                quoted = !quoted;
            } else if (letter == '\\' && quoted && at < value.length()) {
                id.append(value.charAt(at++));
            } else if (!quoted && letter == '>') {
                return id.toString();
            } else if (!quoted && letter == '<') {
                // The one before was not closed.
                id.setLength(0);
            } else if (quoted || letter > ' ') {
                id.append(letter);
            }
        }
        return "";
    }
}
