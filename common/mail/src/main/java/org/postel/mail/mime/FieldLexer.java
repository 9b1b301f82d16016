package org.postel.mail.mime;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Reads the lexical tokens of a structured field body (RFC 5322 §3.2, RFC 2045 §5.1), leniently and without recursion: a
 * quoted string or comment that is not closed ends with the value.
 */
final class FieldLexer {

    /** What {@link #peek} says behind the last octet. */
    static final int END = -1;

    private final Octets value;
    private int at;
    private Optional<Octets> comment = Optional.empty();

    FieldLexer(Octets value) {
        this.value = value;
    }

    /** The next octet, 0 to 255, or {@link #END}. */
    int peek() {
        return at < value.length() ? value.at(at) & 0xff : END;
    }

    /** Takes the next octet if it is this one. */
    boolean take(char octet) {
        if (peek() != octet) {
            return false;
        }
        at++;
        return true;
    }

    /** Takes the next octet, whatever it is. */
    int next() {
        return value.at(at++) & 0xff;
    }

    /** Skips white space and comments; says whether there were any. */
    boolean skipSpace() {
        int start = at;
        while (peek() == ' ' || peek() == '\t' || peek() == '(') {
            if (peek() == '(') {
                readComment();
            } else {
                at++;
            }
        }
        return at > start;
    }

    /** Skips up to the first of this octet outside quoted strings and comments, or to the end. */
    void skipTo(char octet) {
        while (peek() != END && peek() != octet) {
            if (peek() == '"') {
                readQuotedString(new ByteArrayOutputStream());
            } else if (!skipSpace()) {
                at++;
            }
        }
    }

    /** The text of the comment read last, taken: the next call knows it no more. */
    Optional<Octets> takeComment() {
        Optional<Octets> taken = comment;
        comment = Optional.empty();
        return taken;
    }

    /** comment = "(" *([FWS] ccontent) [FWS] ")"; ccontent may be a comment again. */
    private void readComment() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int depth = 0;
        do {
            int octet = next();
            boolean escaped = octet == '\\' && peek() != END;
            if (escaped) {
                octet = next();
            } else if (octet == '(') {
                depth++;
            } else if (octet == ')') {
                depth--;
            }
            boolean outermost = !escaped && (octet == '(' && depth == 1 || octet == ')' && depth == 0);
            if (!outermost) {
                text.write(octet);
            }
        } while (depth > 0 && peek() != END);
        comment = Optional.of(Octets.of(text.toByteArray())).filter(octets -> !octets.isEmpty());
    }

    /** quoted-string = DQUOTE *([FWS] qcontent) [FWS] DQUOTE; appends the content without its quoting. */
    void readQuotedString(ByteArrayOutputStream into) {
        at++;
        while (peek() != END && peek() != '"') {
            int octet = next();
            into.write(octet == '\\' && peek() != END ? next() : octet);
        }
        take('"');
    }

    /** Appends octets up to white space, a comment, or one of {@code stops}. */
    void readRun(ByteArrayOutputStream into, String stops) {
        while (peek() != END && peek() != ' ' && peek() != '\t' && peek() != '(' && stops.indexOf(peek()) < 0) {
            into.write(next());
        }
    }
}
