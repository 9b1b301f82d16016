package org.postel.mailbox.metadata;

import java.util.Locale;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/** The name of an entry, RFC 5464 §4.1: without regard to case, so in lower case; its levels parted by slashes. */
record EntryName(String text) {

    private static final int LONGEST = 200;
    private static final String PRIVATE = "/private";
    private static final String SHARED = "/shared";

    /** @throws StoreException INVALID when it cannot be one */
    static EntryName parse(String asked) {
        String name = asked.toLowerCase(Locale.ROOT);
        boolean rooted = name.equals(PRIVATE) || name.equals(SHARED) || name.startsWith(PRIVATE + "/") || name.startsWith(SHARED + "/");
        boolean printable = name.chars().allMatch(letter -> letter > ' ' && letter < 127 && letter != '*' && letter != '%');
        if (!rooted || !printable || name.length() > LONGEST || name.endsWith("/") || name.contains("//")) {
            throw new StoreException(Problem.INVALID, "not the name of an entry");
        }
        return new EntryName(name);
    }

    boolean isShared() {
        return text.startsWith(SHARED);
    }

    /** Whether it can have a value: the two roots only hold others. */
    boolean isSettable() {
        return !text.equals(PRIVATE) && !text.equals(SHARED);
    }

    /** How many levels another name lies below it; 0: it is the name itself, negative: not below. */
    int levelsTo(String other) {
        if (other.equals(text)) {
            return 0;
        }
        return other.startsWith(text + "/") ? (int) other.substring(text.length()).chars().filter(letter -> letter == '/').count() : -1;
    }
}
