package org.postel.mail;

import java.util.function.IntPredicate;
import org.postel.mail.AddressSyntaxException.Fault;

/**
 * Reads the address grammar of RFC 5321 §4.1.2, one method per rule, from a text that may go on behind the address: so
 * {@code <"a> b"@example.test> SIZE=5} ends where it ends. Strict; UTF-8 is read by RFC 6531 §3.3 wherever it stands, and
 * the caller decides whether the transaction allows it.
 */
public final class AddressParser {

    /** RFC 5321 §4.5.3.1.3, in octets, brackets and source route included. */
    public static final int MAX_PATH_OCTETS = 256;

    private final String text;
    private int position;

    /** Reads from the start of {@code text}. */
    public AddressParser(String text) {
        this.text = text;
    }

    /** The index of the first character not read. */
    public int position() {
        return position;
    }

    /** Reverse-path = Path / "&lt;&gt;". */
    public ReversePath reversePath() throws AddressSyntaxException {
        if (text.startsWith("<>", position)) {
            position += 2;
            return new ReversePath.Null();
        }
        return new ReversePath.Sender(path());
    }

    /** "&lt;Postmaster&gt;" (in any case) / Path. */
    public ForwardPath forwardPath() throws AddressSyntaxException {
        String postmaster = "<postmaster>";
        if (text.regionMatches(true, position, postmaster, 0, postmaster.length())) {
            position += postmaster.length();
            return new ForwardPath.Postmaster();
        }
        return new ForwardPath.Recipient(path());
    }

    // Path = "<" [ A-d-l ":" ] Mailbox ">"
    private Mailbox path() throws AddressSyntaxException {
        int start = position;
        expect('<');
        if (peek() == '@') {
            sourceRoute();
        }
        Mailbox mailbox = mailbox();
        expect('>');
        if (AddressCharacters.octets(text.substring(start, position)) > MAX_PATH_OCTETS) {
            throw new AddressSyntaxException(Fault.TOO_LONG, "a path has at most 256 octets");
        }
        return mailbox;
    }

    // A-d-l = At-domain *( "," At-domain ). Read and dropped, as RFC 5321 §3.3 and appendix C say: it never routes.
    private void sourceRoute() throws AddressSyntaxException {
        do {
            expect('@');
            domain();
        } while (accept(','));
        expect(':');
    }

    /** Mailbox = Local-part "@" ( Domain / address-literal ). */
    public Mailbox mailbox() throws AddressSyntaxException {
        LocalPart localPart = localPart();
        expect('@');
        Host host = peek() == '[' ? addressLiteral() : domain();
        return new Mailbox(localPart, host);
    }

    // Local-part = Dot-string / Quoted-string
    private LocalPart localPart() throws AddressSyntaxException {
        int start = position;
        String name = peek() == '"' ? quotedString() : dotString();
        LocalPart.checkLength(text.substring(start, position));
        return new LocalPart(name);
    }

    // Dot-string = Atom *("." Atom)
    private String dotString() throws AddressSyntaxException {
        int start = position;
        do {
            if (skip(AddressCharacters::isAtext) == 0) {
                throw unexpected();
            }
        } while (accept('.'));
        return text.substring(start, position);
    }

    // Quoted-string = DQUOTE *( qtextSMTP / quoted-pairSMTP ) DQUOTE
    private String quotedString() throws AddressSyntaxException {
        StringBuilder name = new StringBuilder();
        expect('"');
        while (!accept('"')) {
            int c = peek();
            if (c == '\\') {
                position++;
                c = peek();
                if (!AddressCharacters.isQuotable(c)) {
                    throw unexpected();
                }
            } else if (!AddressCharacters.isQtext(c)) {
                throw unexpected();
            }
            name.appendCodePoint(c);
            position += Character.charCount(c);
        }
        return name.toString();
    }

    private Domain domain() throws AddressSyntaxException {
        int start = position;
        if (skip(c -> c == '.' || AddressCharacters.isLabelCharacter(c)) == 0) {
            throw unexpected();
        }
        return Domain.parse(text.substring(start, position));
    }

    // address-literal = "[" ( IPv4-address-literal / IPv6-address-literal ) "]"
    private AddressLiteral addressLiteral() throws AddressSyntaxException {
        expect('[');
        int start = position;
        skip(c -> c > ' ' && c < 0x7f && c != ']' && c != '[' && c != '\\');
        String inside = text.substring(start, position);
        expect(']');
        return AddressLiteral.parse(inside);
    }

    /** Checks that nothing follows. */
    public void expectEnd() throws AddressSyntaxException {
        if (position < text.length()) {
            throw unexpected();
        }
    }

    private void expect(char wanted) throws AddressSyntaxException {
        if (!accept(wanted)) {
            throw unexpected();
        }
    }

    private boolean accept(char wanted) {
        boolean there = peek() == wanted;
        if (there) {
            position++;
        }
        return there;
    }

    private int skip(IntPredicate wanted) {
        int start = position;
        while (position < text.length() && wanted.test(peek())) {
            position += Character.charCount(peek());
        }
        return position - start;
    }

    private int peek() {
        return position < text.length() ? text.codePointAt(position) : -1;
    }

    // The text itself stays out of the message: it may hold controls.
    private AddressSyntaxException unexpected() {
        int c = peek();
        if (c >= 0x80 && !AddressCharacters.isInternational(c)) {
            return new AddressSyntaxException(Fault.FORBIDDEN_CHARACTER, "a character that no address has");
        }
        return new AddressSyntaxException(Fault.SYNTAX, "unexpected character at position " + (position + 1));
    }
}
