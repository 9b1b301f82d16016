package org.postel.bench.load;

import java.io.IOException;

/** A client's side of RFC 1939: one command, then its reply. For one thread. */
public final class Pop3Connection implements AutoCloseable {

    private static final String SUBJECT = "Subject: ";
    private static final int LINE_END = 2;

    private final Wire wire;

    private Pop3Connection(Wire wire) {
        this.wire = wire;
    }

    /**
     * A message that was read.
     *
     * @param number in its run, or -1 when it is of another run
     * @param octets as they stand on the wire, line ends included, the final dot not
     */
    public record Retrieved(int number, long octets) {
    }

    /** Connected, greeted and logged in. */
    public static Pop3Connection open(int port, int source, Account account) throws IOException {
        Pop3Connection connection = new Pop3Connection(Wire.connect(port, source));
        try {
            connection.expect("The connection");
            connection.command("USER " + account.address());
            connection.command("PASS " + account.password());
            return connection;
        } catch (IOException failed) {
            connection.close();
            throw failed;
        }
    }

    /** A command whose whole reply is one line, which must be positive. */
    public void command(String command) throws IOException {
        wire.writeLine(command);
        expect(command);
    }

    /** A command whose reply has several lines, LIST or UIDL; how many follow the first. */
    public int lines(String command) throws IOException {
        command(command);
        int count = 0;
        wire.lines().next();
        while (!isEnd(wire.lines())) {
            count++;
            wire.lines().next();
        }
        return count;
    }

    /** How many messages the maildrop has: STAT. */
    public int messages() throws IOException {
        command("STAT");
        return (int) wire.lines().number("+OK ".length());
    }

    /**
     * RETR: reads a message to its end.
     *
     * @param message its number in the maildrop, from one
     * @param run the run its subject is looked for in
     */
    public Retrieved retrieve(int message, long run) throws IOException {
        command("RETR " + message);
        LineReader lines = wire.lines();
        int number = -1;
        long octets = 0;
        lines.next();
        while (!isEnd(lines)) {
            if (number < 0 && lines.startsWith(SUBJECT)) {
                number = LetterId.numberIn(lines, run);
            }
            octets += lines.length() + LINE_END;
            lines.next();
        }
        return new Retrieved(number, octets);
    }

    /** RFC 1939 §3: a dot alone ends the reply; in a line of content it would be doubled. */
    private static boolean isEnd(LineReader lines) {
        return lines.length() == 1 && lines.at(0) == '.';
    }

    private void expect(String asked) throws IOException {
        LineReader lines = wire.lines();
        lines.next();
        if (!lines.startsWith("+OK")) {
            throw new UnexpectedAnswerException(asked, lines.text());
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
