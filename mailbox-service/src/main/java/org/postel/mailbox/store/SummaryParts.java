package org.postel.mailbox.store;

/**
 * What is wanted of a message's summary.
 *
 * @param fields the header fields that were kept; never computed where they were not
 */
public record SummaryParts(boolean envelope, boolean body, boolean fields) {

    /** The row alone. */
    public static final SummaryParts NONE = new SummaryParts(false, false, false);
    public static final SummaryParts ENVELOPE = new SummaryParts(true, false, false);
    public static final SummaryParts FIELDS = new SummaryParts(false, false, true);
    public static final SummaryParts ENVELOPE_AND_FIELDS = new SummaryParts(true, false, true);

    boolean any() {
        return envelope || body || fields;
    }
}
