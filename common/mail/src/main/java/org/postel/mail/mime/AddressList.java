package org.postel.mail.mime;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an address-list (RFC 5322 §3.4, and §4.4 for the obsolete forms) into the entries of an ENVELOPE. Whatever is
 * written there gives some entry; nothing is refused.
 *
 * <p>{@code address-list = (address *("," address))}, {@code address = mailbox / group},
 * {@code group = display-name ":" [group-list] ";" [CFWS]}, {@code mailbox = name-addr / addr-spec}.
 */
final class AddressList {

    private static final String WORD_STOPS = "<>@,:;\"";

    private final FieldLexer lexer;
    private final int limit;
    private final List<EnvelopeAddress> found = new ArrayList<>();
    private boolean inGroup;

    private AddressList(Octets value, int limit) {
        this.lexer = new FieldLexer(value);
        this.limit = limit;
    }

    static List<EnvelopeAddress> read(Octets value, MimeLimits limits) {
        return new AddressList(value, limits.addresses()).read();
    }

    private List<EnvelopeAddress> read() {
        lexer.skipSpace();
        while (lexer.peek() != FieldLexer.END && found.size() < limit) {
            if (lexer.take(';')) {
                endGroup();
            } else if (!lexer.take(',')) {
                readAddress();
            }
            lexer.skipSpace();
        }
        endGroup();
        return found;
    }

    private void endGroup() {
        if (inGroup) {
            found.add(EnvelopeAddress.GROUP_END);
            inGroup = false;
        }
    }

    private void readAddress() {
        lexer.takeComment();
        Words words = readWords();
        switch (lexer.peek()) {
            case '<' -> readAngle(words.phrase());
            case ':' -> readColon(words.phrase());
            case '>' -> lexer.next();
            default -> readBare(words.joined());
        }
    }

    /** The display name of a group, or a colon where none may be: then what stood before it is skipped. */
    private void readColon(Octets name) {
        lexer.take(':');
        if (!inGroup) {
            found.add(EnvelopeAddress.groupStart(name));
            inGroup = true;
        }
    }

    /** angle-addr = "<" [obs-route] addr-spec ">"; obs-route = "@" domain *("," "@" domain) ":". */
    private void readAngle(Octets name) {
        lexer.take('<');
        lexer.skipSpace();
        while (lexer.peek() == '@' || lexer.peek() == ',') {
            lexer.next();
            readWords();
            lexer.take(':');
        }
        Octets local = readWords().joined();
        Octets domain = readDomain();
        lexer.skipTo('>');
        lexer.take('>');
        lexer.skipSpace();
        Optional<Octets> shown = name.isEmpty() ? lexer.takeComment() : Optional.of(name);
        found.add(new EnvelopeAddress(shown, Optional.of(local), Optional.of(domain)));
    }

    /**
     * An addr-spec without brackets; the old way of naming its owner is a comment behind it. With brackets behind it, it is a
     * display name that should have been quoted.
     */
    private void readBare(Octets local) {
        Octets domain = readDomain();
        if (lexer.peek() == '<') {
            readAngle(Octets.of(local + "@" + domain));
        } else if (!local.isEmpty() || !domain.isEmpty()) {
            found.add(new EnvelopeAddress(lexer.takeComment(), Optional.of(local), Optional.of(domain)));
        }
    }

    /** Empty when there is no "@". */
    private Octets readDomain() {
        return lexer.take('@') ? readWords().joined() : Octets.EMPTY;
    }

    private Words readWords() {
        Words words = new Words();
        lexer.skipSpace();
        while (lexer.peek() != FieldLexer.END && (lexer.peek() == '"' || WORD_STOPS.indexOf(lexer.peek()) < 0)) {
            ByteArrayOutputStream word = new ByteArrayOutputStream();
            if (lexer.peek() == '"') {
                lexer.readQuotedString(word);
            } else if (lexer.peek() == '[') {
                readLiteral(word);
            } else {
                lexer.readRun(word, WORD_STOPS);
            }
            words.add(word, lexer.skipSpace());
        }
        return words;
    }

    /** domain-literal = "[" *([FWS] dtext) [FWS] "]": its colons and commas part nothing. */
    private void readLiteral(ByteArrayOutputStream word) {
        int octet;
        do {
            octet = lexer.next();
            word.write(octet);
        } while (octet != ']' && lexer.peek() != ',' && lexer.peek() != '>' && lexer.peek() != FieldLexer.END);
    }

    /** Words as a phrase, white space between them as one blank, and as a local part or domain, which has none. */
    private static final class Words {

        private final ByteArrayOutputStream phrase = new ByteArrayOutputStream();
        private final ByteArrayOutputStream joined = new ByteArrayOutputStream();
        private boolean parted;

        void add(ByteArrayOutputStream word, boolean spaceFollows) {
            if (parted) {
                phrase.write(' ');
            }
            phrase.writeBytes(word.toByteArray());
            joined.writeBytes(word.toByteArray());
            parted = spaceFollows;
        }

        Octets phrase() {
            return Octets.of(phrase.toByteArray());
        }

        Octets joined() {
            return Octets.of(joined.toByteArray());
        }
    }
}
