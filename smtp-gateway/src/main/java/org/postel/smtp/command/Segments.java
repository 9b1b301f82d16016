package org.postel.smtp.command;

import java.util.ArrayList;
import java.util.List;

/** Octets in memory, in pieces: what has come is never copied to make room. */
final class Segments {

    static final int SEGMENT = 16 * 1024;
    // As a whole and as a queue record, for a moment, each octet stands here twice.
    private static final int COST = 2;

    private final Reservation reservation;
    private final int baseReservation;
    private final List<byte[]> full = new ArrayList<>();
    private byte[] last = new byte[0];
    private int filled;

    /** @param baseReservation what the reservation holds for other ends */
    Segments(Reservation reservation, int baseReservation) {
        this.reservation = reservation;
        this.baseReservation = baseReservation;
    }

    int size() {
        return full.stream().mapToInt(segment -> segment.length).sum() + filled;
    }

    /** How many of the octets were taken: fewer than given when there is no room. */
    int add(byte[] octets, int offset, int length) {
        int done = 0;
        while (done < length) {
            if (filled == last.length && !another()) {
                return done;
            }
            int count = Math.min(length - done, last.length - filled);
            System.arraycopy(octets, offset + done, last, filled, count);
            filled += count;
            done += count;
        }
        return done;
    }

    private boolean another() {
        if (!reservation.grow(COST * SEGMENT)) {
            return false;
        }
        if (filled > 0) {
            full.add(last);
        }
        last = new byte[SEGMENT];
        filled = 0;
        return true;
    }

    byte[] toByteArray() {
        byte[] all = new byte[size()];
        int position = 0;
        for (byte[] segment : full) {
            System.arraycopy(segment, 0, all, position, segment.length);
            position += segment.length;
        }
        System.arraycopy(last, 0, all, position, filled);
        return all;
    }

    /** Hands the octets on and forgets them. */
    void drainTo(ContentStore.Upload upload) throws BackendUnavailableException {
        for (byte[] segment : full) {
            upload.write(segment, 0, segment.length);
        }
        upload.write(last, 0, filled);
        clear();
    }

    /** Forgets the octets and gives their room back. */
    void clear() {
        full.clear();
        last = new byte[0];
        filled = 0;
        reservation.shrinkTo(baseReservation);
    }
}
