package org.postel.delivery.outcome;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.postel.queue.v1.Recipient;

/** What a sender can want to be told of a recipient: the keywords of NOTIFY, RFC 3461 §4.1. */
public enum Wish {
    /** That the mail arrived, or went on to a server that tells nobody. */
    SUCCESS,
    /** That it was given up. */
    FAILURE,
    /** That it takes long. */
    DELAY;

    /** Whether the sender wants it; one who gave no NOTIFY wants to hear of failures and delays (RFC 3461 §4.1). */
    public boolean of(Recipient recipient) {
        List<String> words = words(recipient);
        return words.isEmpty() ? this != SUCCESS : words.contains(name());
    }

    /** The recipient with SUCCESS taken out of its NOTIFY; NEVER when nothing else was wanted. */
    public static Recipient withoutSuccess(Recipient recipient) {
        if (!SUCCESS.of(recipient)) {
            return recipient;
        }
        String others = words(recipient).stream().filter(word -> !word.equals(SUCCESS.name())).collect(Collectors.joining(","));
        return recipient.toBuilder().setNotify(others.isEmpty() ? "NEVER" : others).build();
    }

    private static List<String> words(Recipient recipient) {
        String notify = recipient.getNotify().toUpperCase(Locale.ROOT);
        return notify.isEmpty() ? List.of() : List.of(notify.split(","));
    }
}
