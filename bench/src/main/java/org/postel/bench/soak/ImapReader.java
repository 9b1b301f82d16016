package org.postel.bench.soak;

import java.io.IOException;
import java.time.Duration;

import org.postel.bench.load.Account;
import org.postel.bench.load.ImapConnection;
import org.postel.bench.load.LetterId;
import org.postel.bench.stack.MailStack;

/** Takes mail out of INBOX by IMAP; the only session of its account. */
record ImapReader(MailStack stack, Ledger ledger, long run) {

    /** IDLE may last until the soak ends. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** Logs in, takes what is there, logs out. */
    void look(Account account) throws IOException {
        try (ImapConnection imap = ImapConnection.open(stack.imap(), 1).login(account)) {
            take(imap, imap.open("SELECT INBOX"));
            imap.command("LOGOUT");
        }
    }

    /** Logs in and stays: takes what is there and waits in IDLE for more. */
    void stay(Account account, ImapConnection imap, Worker worker) throws IOException {
        imap.login(account).patience(PATIENCE);
        long messages = imap.open("SELECT INBOX");
        while (!worker.ended().getAsBoolean()) {
            take(imap, messages);
            imap.idle();
            messages = imap.told(1);
            imap.done();
        }
    }

    /** The first so many messages: reads all envelopes and one body, searches, flags, expunges. */
    private void take(ImapConnection imap, long messages) throws IOException {
        if (messages == 0) {
            return;
        }
        imap.command("FETCH 1:" + messages + " (FLAGS BODYSTRUCTURE ENVELOPE)", line -> {
            int number = LetterId.numberIn(line, run);
            if (number >= 0) {
                ledger.found(number);
            }
        });
        imap.command("FETCH " + messages + " (BODY[])", " FETCH (", 1);
        imap.command("SEARCH UNDELETED SUBJECT \"bench\"");
        imap.command("STORE 1:" + messages + " +FLAGS.SILENT (\\Deleted)");
        imap.command("EXPUNGE", " EXPUNGE", (int) messages);
    }
}
