package org.postel.imap.syntax;

/**
 * {@code partial-range} of RFC 9394 §4: some of a list by their places, counted from 1.
 *
 * @param backwards whether places are counted from the end, written as {@code -1:-100}
 * @param first     the lower place
 * @param last      the higher place
 */
public record Page(boolean backwards, long first, long last) {

    public Page {
        if (first < 1 || first > last) {
            throw new IllegalArgumentException("not a page: " + first + ":" + last);
        }
    }

    /** {@code partial-range-first = nz-number ":" nz-number; partial-range-last = "-" nz-number ":" "-" nz-number}; in either order. */
    static Page parse(Cursor cursor) throws SyntaxException {
        boolean backwards = cursor.accept('-');
        long one = cursor.nzNumber();
        cursor.expect(':');
        if (backwards) {
            cursor.expect('-');
        }
        long other = cursor.nzNumber();
        return new Page(backwards, Math.min(one, other), Math.max(one, other));
    }

    /** How many places it has. */
    public long places() {
        return last - first + 1;
    }

    /** The place behind which it begins, counted from the start of a list of so many. */
    public int from(int count) {
        return (int) (backwards ? Math.max(0, count - last) : Math.min(count, first - 1));
    }

    /** The place with which it ends, counted from the start of a list of so many. */
    public int to(int count) {
        return (int) (backwards ? Math.max(0, count - first + 1) : Math.min(count, last));
    }

    /** As it was written, the lower place first. */
    public String wire() {
        return backwards ? "-" + first + ":-" + last : first + ":" + last;
    }
}
