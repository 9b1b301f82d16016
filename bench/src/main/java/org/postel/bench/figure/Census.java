package org.postel.bench.figure;

import java.io.IOException;
import java.util.BitSet;
import java.util.TreeSet;

import org.postel.bench.load.ImapConnection;
import org.postel.bench.load.LetterId;

/** Which messages of a run a mailbox has, each once. */
final class Census {

    private final long run;
    private final BitSet found = new BitSet();
    private final TreeSet<Integer> doubled = new TreeSet<>();

    Census(long run) {
        this.run = run;
    }

    /**
     * Of the selected mailbox, which is not empty.
     *
     * @param first sequence number of the first message that is looked at
     * @throws IOException when one is there twice
     */
    static BitSet of(ImapConnection imap, long first, long run) throws IOException {
        Census census = new Census(run);
        imap.command("FETCH " + first + ":* (ENVELOPE)", line -> census.see(LetterId.numberIn(line, run)));
        return census.result();
    }

    /** Counts a message; a negative number is of another run. */
    void see(int number) {
        if (number >= 0 && found.get(number)) {
            doubled.add(number);
        } else if (number >= 0) {
            found.set(number);
        }
    }

    BitSet result() throws IOException {
        if (!doubled.isEmpty()) {
            throw new IOException("There twice are the messages " + doubled + " of run " + run);
        }
        return found;
    }
}
