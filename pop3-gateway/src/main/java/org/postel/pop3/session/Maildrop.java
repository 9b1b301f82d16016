package org.postel.pop3.session;

import java.util.Arrays;

/**
 * The messages of a maildrop as they were when it was locked: numbered from 1 in the order of their UIDs.
 * Twelve octets of memory for each message.
 */
public final class Maildrop {

    private final long uidValidity;
    private final int[] uids;
    private final long[] sizes;
    private final long octets;

    /**
     * @param uidValidity of the mailbox; with a UID it names one message for ever (RFC 9051 §2.3.1.1)
     * @param uids        unsigned, ascending
     * @param sizes       octets of each message
     */
    public Maildrop(long uidValidity, int[] uids, long[] sizes) {
        if (uids.length != sizes.length) {
            throw new IllegalArgumentException(uids.length + " messages, " + sizes.length + " sizes");
        }
        this.uidValidity = uidValidity;
        this.uids = uids.clone();
        this.sizes = sizes.clone();
        this.octets = Arrays.stream(sizes).sum();
    }

    public int count() {
        return uids.length;
    }

    /** Octets of all messages. */
    public long octets() {
        return octets;
    }

    /** Whether there is a message of this number. */
    public boolean has(int number) {
        return number >= 1 && number <= uids.length;
    }

    /** Octets of one message. */
    public long size(int number) {
        return sizes[number - 1];
    }

    /** The UID of one message, unsigned. */
    public int uid(int number) {
        return uids[number - 1];
    }

    /** RFC 1939 §7: one to 70 characters of 0x21 to 0x7E, the same in every session, never used again. */
    public String uniqueId(int number) {
        return uidValidity + "." + Integer.toUnsignedLong(uid(number));
    }
}
