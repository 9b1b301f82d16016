package org.postel.mailbox.zone;

import java.util.List;

/**
 * What DNS has of a record.
 *
 * @param record that is wanted, or of {@link State#UNEXPECTED} the one that is there
 * @param found  what stands in its place, as text
 */
public record Finding(ZoneRecord record, State state, List<String> found) {

    /** How a record stands. */
    public enum State {
        /** It is there. */
        OK,
        /** Nothing is. */
        MISSING,
        /** Something else is. */
        DIFFERENT,
        /** It is there, is not wanted, and takes mail elsewhere. */
        UNEXPECTED,
        /** DNS does not answer. */
        NO_ANSWER
    }
}
