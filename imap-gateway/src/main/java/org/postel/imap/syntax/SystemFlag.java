package org.postel.imap.syntax;

import java.util.List;
import java.util.Optional;

/** The flags of RFC 3501 §2.3.2 by their canonical spelling. {@code \Recent} is the session's own and never stored. */
public final class SystemFlag {

    public static final String SEEN = "\\Seen";
    public static final String ANSWERED = "\\Answered";
    public static final String FLAGGED = "\\Flagged";
    public static final String DELETED = "\\Deleted";
    public static final String DRAFT = "\\Draft";
    public static final String RECENT = "\\Recent";

    /** Those a client may store. */
    public static final List<String> STORABLE = List.of(ANSWERED, FLAGGED, DELETED, SEEN, DRAFT);

    private SystemFlag() {
    }

    /** The canonical spelling; empty for what is none, or none that may be stored. */
    static Optional<String> storable(String written) {
        return STORABLE.stream().filter(written::equalsIgnoreCase).findFirst();
    }
}
