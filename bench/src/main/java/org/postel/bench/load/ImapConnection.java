package org.postel.bench.load;

import java.io.IOException;

/** A client's side of RFC 9051: one command, then its responses. For one thread. */
public final class ImapConnection implements AutoCloseable {

    private static final String TAG = "a ";

    private final Wire wire;

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
            untagged.line(lines);
            passLiteral(lines);
            lines.next();
        }
        if (!lines.startsWith("a OK")) {
            throw new UnexpectedAnswerException(command, lines.text());
        }
    }

    private static void passLiteral(LineReader lines) throws IOException {
        int literal = lines.literal();
        if (literal >= 0) {
            lines.skip(literal);
        }
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
            lines.next();
        }
    }

    /** Within IDLE: waits for the next EXISTS and returns its count. */
    public long told() throws IOException {
        LineReader lines = wire.lines();
        lines.next();
        while (lines.find(" EXISTS") < 0) {
            lines.next();
        }
        return lines.number(2);
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
