package org.postel.mail.rule;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a rule does with a message.
 *
 * @param flags    that it gets, in its mailbox: RFC 5232 §3.2
 * @param forwards addresses that it is sent on to: RFC 5228 §4.2
 * @param end      whether other rules are asked after this one
 */
public record Actions(List<String> flags, List<String> forwards, End end) {

    private static final int MOST_FLAGS = 10;
    /** \Deleted is not among them: the next EXPUNGE of any client would lose the mail. */
    private static final Set<String> SYSTEM_FLAGS = Set.of("\\seen", "\\flagged", "\\answered");
    /** An atom: RFC 9051 §9, flag-keyword. */
    private static final Pattern KEYWORD = Pattern.compile("[!-~&&[^(){%*\"\\\\\\]]]{1,128}");

    public Actions {
        flags = List.copyOf(flags);
        forwards = List.copyOf(forwards);
        if (flags.size() > MOST_FLAGS || new HashSet<>(flags).size() < flags.size()) {
            throw new IllegalArgumentException("a rule sets " + MOST_FLAGS + " different flags at most");
        }
        if (!flags.stream().allMatch(Actions::canBeSet)) {
            throw new IllegalArgumentException("a flag is \\Seen, \\Flagged, \\Answered or a keyword of 1 to 128 letters, digits and signs");
        }
        if (end instanceof End.SentOn && forwards.isEmpty()) {
            throw new IllegalArgumentException("mail of which no copy stays is sent on to somebody, or discarded");
        }
        if (flags.isEmpty() && forwards.isEmpty() && end instanceof End.GoOn) {
            throw new IllegalArgumentException("a rule does something");
        }
    }

    private static boolean canBeSet(String flag) {
        return SYSTEM_FLAGS.contains(flag.toLowerCase(Locale.ROOT)) || KEYWORD.matcher(flag).matches();
    }

    /** How it ends. Whatever says where the message goes is the last word. */
    public sealed interface End {

        /** The next rule is asked. */
        record GoOn() implements End {}

        /** No more rules: RFC 5228 §3.3. */
        record Stop() implements End {}

        /** The message goes into this mailbox: RFC 5228 §4.1. */
        record FileInto(Folder folder) implements End {}

        /** It is sent on and no copy stays: RFC 5228 §4.2 without RFC 3894. */
        record SentOn() implements End {}

        /** No copy stays: RFC 5228 §4.4. */
        record Discard() implements End {}
    }

    /**
     * A mailbox.
     *
     * @param name its full name, levels parted by {@code /}
     * @param id   what stays when its name changes (RFC 8474 §4); empty: not known
     */
    public record Folder(String name, Optional<String> id) {

        private static final int LONGEST = 1000;

        public Folder {
            if (name.isBlank() || name.length() > LONGEST || name.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("a folder's name has 1 to " + LONGEST + " characters, none of them a control character");
            }
        }
    }
}
