package org.postel.mailbox.tree;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/**
 * A mailbox's full name, levels parted by "/" (RFC 9051 §5.1), in NFC. The level INBOX at the top is upper case, whatever was
 * asked for.
 */
record MailboxName(String text) implements Comparable<MailboxName> {

    static final MailboxName INBOX = new MailboxName("INBOX");

    private static final char DELIMITER = '/';

    /** @param depth levels; @param octets in UTF-8 */
    record Limits(int depth, int octets) {}

    /** @throws StoreException INVALID when it cannot be a name */
    static MailboxName parse(String asked, Limits limits) {
        // RFC 9051 §6.3.4: a delimiter at the end only tells that inferiors are to come.
        String bare = asked.endsWith("/") ? asked.substring(0, asked.length() - 1) : asked;
        if (bare.length() > limits.octets) {
            throw invalid("name too long");
        }
        if (bare.codePoints().anyMatch(MailboxName::isForbidden)) {
            throw invalid("a character that no name may have");
        }
        String normal = Normalizer.normalize(bare, Normalizer.Form.NFC);
        List<String> levels = new ArrayList<>(Arrays.asList(normal.split("/", -1)));
        if (levels.stream().anyMatch(level -> level.isBlank() || level.equals(".") || level.equals(".."))) {
            throw invalid("a level without a name");
        }
        if (levels.size() > limits.depth || normal.getBytes(StandardCharsets.UTF_8).length > limits.octets) {
            throw invalid("name too long or too deep");
        }
        if (levels.getFirst().equalsIgnoreCase(INBOX.text)) {
            levels.set(0, INBOX.text);
        }
        return new MailboxName(String.join("/", levels));
    }

    /** Control and format characters, lone surrogates, line separators; and wildcards, which LIST could never name. */
    private static boolean isForbidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED -> true;
            default -> c == '%' || c == '*' || c == 0xfeff || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
        };
    }

    private static StoreException invalid(String why) {
        return new StoreException(Problem.INVALID, why);
    }

    /** The name one level up. */
    Optional<MailboxName> superior() {
        int end = text.lastIndexOf(DELIMITER);
        return end < 0 ? Optional.empty() : Optional.of(new MailboxName(text.substring(0, end)));
    }

    boolean isInferiorOf(MailboxName other) {
        return text.length() > other.text.length() && text.startsWith(other.text) && text.charAt(other.text.length()) == DELIMITER;
    }

    /** An inferior's name after its superior was renamed. */
    MailboxName moved(MailboxName from, MailboxName to) {
        return new MailboxName(to.text + text.substring(from.text.length()));
    }

    /** INBOX first, then so that inferiors follow their superior. */
    @Override
    public int compareTo(MailboxName other) {
        boolean inbox = isInbox();
        if (inbox != other.isInbox()) {
            return inbox ? -1 : 1;
        }
        int common = Math.min(text.length(), other.text.length());
        for (int at = 0; at < common; at++) {
            int difference = rank(text.charAt(at)) - rank(other.text.charAt(at));
            if (difference != 0) {
                return difference;
            }
        }
        return text.length() - other.text.length();
    }

    /** The delimiter comes before whatever a name may have: nothing stands between a name and its inferiors. */
    private static int rank(char unit) {
        return unit == DELIMITER ? 0 : unit;
    }

    private boolean isInbox() {
        return equals(INBOX) || isInferiorOf(INBOX);
    }

    @Override
    public String toString() {
        return text;
    }
}
