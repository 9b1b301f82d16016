package org.postel.bench.figure;

import java.io.IOException;

import org.postel.bench.load.ImapConnection;
import org.postel.bench.load.Letter;
import org.postel.bench.load.LetterId;
import org.postel.bench.load.SizeMix;

/** Fills a mailbox: some messages are appended and then copied until there are enough. */
final class ManyMessages {

    /** Different ones; the others are copies. */
    static final int SOURCE = 500;

    private ManyMessages() {
    }

    /** So many messages in a mailbox that is there, whatever it had; in a session that has nothing selected. */
    static void fill(Bed bed, ImapConnection imap, String mailbox, int size) throws IOException {
        imap.command("CREATE Source");
        Letter letter = new Letter(bed.prose());
        for (int i = 0; i < Math.min(SOURCE, size); i++) {
            imap.append("Source", letter.write(new LetterId(1, i), "user1@bench.example.test", SizeMix.of(i)));
        }
        if (imap.open("SELECT " + mailbox) > 0) {
            imap.command("STORE 1:* +FLAGS.SILENT (\\Deleted)");
            imap.command("EXPUNGE");
        }
        imap.command("SELECT Source");
        for (int there = 0; there < size; there += SOURCE) {
            imap.command("COPY 1:" + Math.min(SOURCE, size - there) + " " + mailbox);
        }
        imap.command("CLOSE");
        imap.command("DELETE Source");
    }
}
