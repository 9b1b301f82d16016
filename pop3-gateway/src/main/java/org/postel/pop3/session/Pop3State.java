package org.postel.pop3.session;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** Where a POP3 session stands (RFC 1939 §3). */
public sealed interface Pop3State {

    /**
     * Nobody has logged in (RFC 1939 §4).
     *
     * @param user what USER said; empty before it
     */
    record Authorization(String user) implements Pop3State {

        /** As a session begins, and again after TLS was turned on (RFC 2595 §4). */
        public static final Authorization START = new Authorization("");
    }

    /** The maildrop is locked (RFC 1939 §5). */
    record Transaction(Maildrop maildrop, Deletions deletions) implements Pop3State {

        /** Just logged in. */
        public static Transaction of(Maildrop maildrop) {
            return new Transaction(maildrop, Deletions.NONE);
        }

        boolean has(int number) {
            return maildrop.has(number) && !deletions.has(number);
        }

        int count() {
            return maildrop.count() - deletions.count();
        }

        long octets() {
            return maildrop.octets() - deletions.octets();
        }

        /** The numbers of the messages that are not marked. */
        Iterator<Integer> numbers() {
            return IntStream.rangeClosed(1, maildrop.count()).filter(this::has).iterator();
        }
    }

    /**
     * The client quit: what it marked is deleted (RFC 1939 §6).
     *
     * @param uids unsigned, ascending
     */
    record Update(List<Integer> uids) implements Pop3State {

        static Update of(Transaction ended) {
            return new Update(Arrays.stream(ended.deletions().numbers()).map(ended.maildrop()::uid).boxed().toList());
        }
    }
}
