package org.postel.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client's side of RFC 9051: one command, then its responses. For one thread. */
public final class ImapConnection implements AutoCloseable {

    private static final String TAG = "a ";
    private static final int LONGEST_FIELD = 1 << 16;

    private final Wire wire;
    private long exists;

    private ImapConnection(Wire wire) {
        this.wire = wire;
    }

    /** What is done with each line of an untagged response; a literal that follows the line is passed over. */
    @FunctionalInterface
    public interface Untagged {
        /** Nothing at all. */
        Untagged IGNORED = line -> { };

        /** The line is valid until this returns. */
        void line(LineReader line) throws IOException;
    }

    /** Connected and greeted. */
    public static ImapConnection open(int port, int source) throws IOException {
        ImapConnection connection = new ImapConnection(Wire.connect(port, source));
        try {
            connection.wire.lines().next();
            return connection;
        } catch (IOException failed) {
            connection.close();
            throw failed;
        }
    }

    /** LOGIN. */
    public ImapConnection login(Account account) throws IOException {
        command("LOGIN " + account.address() + " " + account.password());
        return this;
    }

    /** A command that must be answered OK. */
    public void command(String command) throws IOException {
        command(command, Untagged.IGNORED);
    }

    /**
     * A command that must be answered OK.
     *
     * @param untagged is shown each line of the untagged responses
     * @throws UnexpectedAnswerException for any other answer
     */
    public void command(String command, Untagged untagged) throws IOException {
        wire.writeLine(TAG + command);
        finish(command, untagged);
    }

    private void finish(String command, Untagged untagged) throws IOException {
        LineReader lines = wire.lines();
        lines.next();
        while (!lines.startsWith(TAG)) {
            count(lines);
            untagged.line(lines);
            passLiteral(lines);
            lines.next();
        }
        if (!lines.startsWith("a OK")) {
            throw new UnexpectedAnswerException(command, lines.text());
        }
    }

    /** Keeps the number of messages in the selected mailbox (RFC 9051 §7.4.1, §7.5.1), whichever command it comes with. */
    private void count(LineReader lines) {
        if (lines.endsWith(" EXISTS")) {
            exists = lines.number(2);
        } else if (lines.endsWith(" EXPUNGE")) {
            exists--;
        }
    }

    private static void passLiteral(LineReader lines) throws IOException {
        int literal = lines.literal();
        if (literal >= 0) {
            lines.skip(literal);
        }
    }

    /** Whether the server offers that capability to the account that is logged in. */
    public boolean offers(String capability) throws IOException {
        boolean[] offered = {false};
        command("CAPABILITY", line -> offered[0] |= line.hasWord(capability));
        return offered[0];
    }

    /**
     * A command that must be answered OK and with so many untagged responses of a kind: else the work was not done.
     *
     * @param kind what stands in the first line of each, and of no other
     */
    public void command(String command, String kind, int wanted) throws IOException {
        int[] found = {0};
        command(command, line -> found[0] += line.find(kind) >= 0 ? 1 : 0);
        if (found[0] != wanted) {
            throw new UnexpectedAnswerException(command, found[0] + " times" + kind + "instead of " + wanted + " times");
        }
    }

    /**
     * A field of a message in the selected mailbox, as it stands in the header; empty when it is not there.
     *
     * @param number of the message, from 1
     */
    public String field(long number, String name) throws IOException {
        String command = "FETCH " + number + " BODY.PEEK[HEADER.FIELDS (" + name + ")]";
        byte[][] field = {{}};
        LineReader lines = wire.lines();
        command(command, line -> {
            int literal = line.literal();
            if (literal >= 0) {
                field[0] = new byte[Math.min(literal, LONGEST_FIELD)];
                lines.read(literal, field[0]);
                lines.next();
            }
        });
        return new String(field[0], StandardCharsets.ISO_8859_1).strip();
    }

    /** SEARCH; how many messages it found. */
    public int search(String command) throws IOException {
        int[] found = {0};
        command(command, line -> {
            if (line.startsWith("* SEARCH")) {
                found[0] = line.count(' ') - 1;
            }
        });
        return found[0];
    }

    /** SELECT or EXAMINE; how many messages the mailbox has. */
    public long open(String command) throws IOException {
        exists = 0;
        command(command);
        return exists;
    }

    /** How many messages INBOX has, by STATUS. */
    public long messages() throws IOException {
        long[] messages = {-1};
        command("STATUS INBOX (MESSAGES)", line -> {
            int at = line.find("MESSAGES ");
            if (at >= 0) {
                messages[0] = line.number(at + "MESSAGES ".length());
            }
        });
        return messages[0];
    }

    /** IDLE (RFC 2177), until {@link #done}. */
    public void idle() throws IOException {
        wire.writeLine(TAG + "IDLE");
        LineReader lines = wire.lines();
        lines.next();
        while (!lines.startsWith("+")) {
            if (lines.startsWith(TAG)) {
                throw new UnexpectedAnswerException("IDLE", lines.text());
            }
            count(lines);
            lines.next();
        }
    }

    /** Within IDLE: waits until the mailbox has at least so many messages, and returns how many. */
    public long told(long wanted) throws IOException {
        while (exists < wanted) {
            wire.lines().next();
            count(wire.lines());
        }
        return exists;
    }

    /** How long an answer may take from now on. */
    public void patience(Duration limit) throws IOException {
        wire.patience(limit);
    }

    /** Ends IDLE. */
    public void done() throws IOException {
        wire.writeLine("DONE");
        finish("IDLE", Untagged.IGNORED);
    }

    /** APPEND of one message. */
    public void append(String mailbox, Letter letter) throws IOException {
        String command = "APPEND " + mailbox + " {" + letter.length() + "}";
        wire.writeLine(TAG + command);
        LineReader lines = wire.lines();
        lines.next();
        while (lines.startsWith("*")) {
            lines.next();
        }
        if (!lines.startsWith("+")) {
            throw new UnexpectedAnswerException(command, lines.text());
        }
        wire.write(letter.octets(), letter.length());
        wire.writeLine("");
        finish(command, Untagged.IGNORED);
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
