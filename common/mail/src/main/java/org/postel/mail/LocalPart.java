package org.postel.mail;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.postel.mail.AddressSyntaxException.Fault;

/**
 * The part before the {@code @}: RFC 5321 §4.1.2. Quoting is a way of writing and not part of the name, so
 * {@code "alice"} and {@code alice} are one (RFC 5321 §4.1.2, last paragraphs).
 *
 * @param text what it names, without quotes and backslashes; as cased by the sender
 */
public record LocalPart(String text) {

    /** RFC 5321 §4.5.3.1.1, in octets as written. */
    public static final int MAX_OCTETS = 64;
    /** Of a sender that a forwarder rewrote, which holds a whole address of somebody else: as much as a path has room for. */
    private static final int MAX_REWRITTEN_OCTETS = 220;
    // SRS0 and SRS1 of the Sender Rewriting Scheme (Mengwong, Shevek 2003), which no RFC describes.
    private static final Pattern REWRITTEN = Pattern.compile("SRS[01][-+=].*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /**
     * @throws IllegalArgumentException when a character can stand in no local part, or it is too long
     */
    public LocalPart {
        if (!AddressCharacters.all(text, c -> AddressCharacters.isQuotable(c) || AddressCharacters.isInternational(c))) {
            throw new IllegalArgumentException("a character that no local part has");
        }
        if (AddressCharacters.octets(text) > most(text)) {
            throw new IllegalArgumentException("a local part has at most 64 octets");
        }
    }

    /** Whether it is that of a sender whose mail was forwarded, so that only notices go there. */
    public boolean rewritten() {
        return REWRITTEN.matcher(text).matches();
    }

    private static int most(String text) {
        return REWRITTEN.matcher(text).matches() ? MAX_REWRITTEN_OCTETS : MAX_OCTETS;
    }

    /** The form to look up among our own: NFC (RFC 6532 §3.1), lower case. Mail for others keeps the sender's case (RFC 5321 §2.4). */
    public String canonical() {
        // Twice: a lower-cased character may compose with what follows.
        String lower = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        return written(Normalizer.normalize(lower, Normalizer.Form.NFC));
    }

    /** Whether it is not ASCII, so that only a server with SMTPUTF8 takes it. */
    public boolean international() {
        return !AddressCharacters.isAscii(text);
    }

    /** As on the wire, quoted only when it must be. */
    @Override
    public String toString() {
        return written(text);
    }

    private static String written(String text) {
        return isDotString(text) ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    // Dot-string = Atom *("." Atom)
    private static boolean isDotString(String text) {
        return !text.isEmpty() && !text.startsWith(".") && !text.endsWith(".") && !text.contains("..")
            && AddressCharacters.all(text, c -> c == '.' || AddressCharacters.isAtext(c));
    }

    static void checkLength(String written) throws AddressSyntaxException {
        if (AddressCharacters.octets(written) > most(written)) {
            throw new AddressSyntaxException(Fault.TOO_LONG, "a local part has at most 64 octets");
        }
    }
}
