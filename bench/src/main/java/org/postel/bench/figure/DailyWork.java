package org.postel.bench.figure;

import java.io.IOException;

import org.postel.bench.load.Crew;
import org.postel.bench.load.ImapConnection;

/** What an account does in a day, as docs/scaling.md has it; the figures that it only assumes are left out. */
enum DailyWork {

    /** A message of another server is accepted and delivered; those that are sent go the same way. */
    DELIVERY(50, 3.22) {
        @Override
        void go(Bed bed, int times) throws IOException {
            new MailRun(bed.stack(), bed.inboxes(), bed.prose()).run(Round.of(CONNECTIONS, times, 1));
        }
    },
    /** A message is fetched whole. */
    FETCH(60, 0.42) {
        @Override
        void go(Bed bed, int times) throws IOException {
            // Not in their order, as a person reads. Meanwhile others may change flags, of which each session is told.
            inSessions(bed, times, (imap, i, messages) -> imap.command("FETCH " + (1 + 7 * i % messages) + " (BODY.PEEK[])", "BODY[] {", 1));
        }
    },
    /** The flags of a message change. */
    FLAGS(50, 1.71) {
        @Override
        void go(Bed bed, int times) throws IOException {
            // Of two changes of a message the second is one whatever its flags were.
            inSessions(bed, times, (imap, i, messages) ->
                    imap.command("STORE " + (1 + i / 2 % messages) + " FLAGS.SILENT (" + (i % 2 == 0 ? "\\Flagged" : "\\Answered") + ")"));
        }
    },
    /** A client looks whether there is anything new. */
    POLL(144, 1.08) {
        @Override
        void go(Bed bed, int times) throws IOException {
            inSessions(bed, times, (imap, i, messages) -> imap.command("STATUS INBOX (MESSAGES UNSEEN)"));
        }
    },
    /** A client comes back. */
    LOGIN(6, 4.39) {
        @Override
        void go(Bed bed, int times) throws IOException {
            Crew.run(CONNECTIONS, member -> {
                for (int i = member; i < times; i += CONNECTIONS) {
                    try (ImapConnection imap = selected(bed, member)) {
                        imap.command("LOGOUT");
                    }
                }
            });
        }
    };

    private static final int CONNECTIONS = 8;

    private final int aDay;
    private final double paper;

    /** @param paper milliseconds of CPU for one, in all processes, as docs/scaling.md has it */
    DailyWork(int aDay, double paper) {
        this.aDay = aDay;
        this.paper = paper;
    }

    /** How often in so many days of one account, or in a day of so many. */
    int times(int days) {
        return aDay * days;
    }

    /** Milliseconds of CPU that the model on paper has for so many days. */
    double paper(int days) {
        return paper * times(days);
    }

    /** Does it so many times, over several connections at once, and returns when the server has done all of it. */
    abstract void go(Bed bed, int times) throws IOException;

    private static void inSessions(Bed bed, int times, Command command) throws IOException {
        Crew.run(CONNECTIONS, member -> {
            try (ImapConnection imap = ImapConnection.open(bed.stack().imap(), 1).login(bed.stack().accounts().get(member))) {
                long messages = imap.open("SELECT INBOX");
                for (int i = 0; i < times / CONNECTIONS; i++) {
                    command.run(imap, i, messages);
                }
            }
        });
    }

    private static ImapConnection selected(Bed bed, int member) throws IOException {
        ImapConnection imap = ImapConnection.open(bed.stack().imap(), 1).login(bed.stack().accounts().get(member));
        imap.command("SELECT INBOX");
        return imap;
    }

    /** One of many, in a mailbox of so many messages. */
    @FunctionalInterface
    private interface Command {
        void run(ImapConnection imap, int i, long messages) throws IOException;
    }
}
