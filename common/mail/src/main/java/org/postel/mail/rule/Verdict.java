package org.postel.mail.rule;

import java.util.List;
import java.util.Optional;
import org.postel.mail.rule.Actions.Folder;

/**
 * What an account's rules say of a message.
 *
 * @param copy     what becomes of the account's own copy
 * @param folder   where it is kept; empty: in INBOX
 * @param flags    that it gets
 * @param forwards where the message goes on to
 * @param applied  names of the rules that said so
 * @param cutOff   the rules took too long for this message and were not asked: it is kept
 */
public record Verdict(Copy copy, Optional<Folder> folder, List<String> flags, List<String> forwards, List<String> applied, boolean cutOff) {

    /** Of an account whose rules say nothing: RFC 5228 §2.10.2. */
    public static final Verdict KEEP = new Verdict(Copy.KEPT, Optional.empty(), List.of(), List.of(), List.of(), false);

    /** What becomes of the account's own copy. */
    public enum Copy {
        /** It stays. */
        KEPT,
        /** It stays only where nobody could be told that what went on did not arrive. */
        SENT_ON,
        /** It is thrown away. */
        DISCARDED
    }

    public Verdict {
        flags = List.copyOf(flags);
        forwards = List.copyOf(forwards);
        applied = List.copyOf(applied);
    }
}
