package org.postel.bench.load;

import java.io.IOException;
import java.util.List;

/** A client's side of RFC 5321: one command, then its reply; no pipelining. For one thread. */
public final class SmtpConnection implements AutoCloseable {

    private final Wire wire;

    private SmtpConnection(Wire wire) {
        this.wire = wire;
    }

    /** Connected and introduced. */
    public static SmtpConnection open(int port, int source) throws IOException {
        SmtpConnection connection = new SmtpConnection(Wire.connect(port, source));
        try {
            connection.expect("220", "The connection");
            connection.say("EHLO load.example.test", "250");
            return connection;
        } catch (IOException failed) {
            connection.close();
            throw failed;
        }
    }

    /**
     * One transaction.
     *
     * @param from the reverse path
     * @param to the recipients
     * @param letter the content with its final dot
     * @return nanoseconds from the first octet of DATA to the whole of 250
     */
    public long send(String from, List<String> to, Letter letter) throws IOException {
        say("MAIL FROM:<" + from + ">", "250");
        for (String recipient : to) {
            say("RCPT TO:<" + recipient + ">", "250");
        }
        long begun = System.nanoTime();
        say("DATA", "354");
        wire.write(letter.octets(), letter.length());
        expect("250", "The content");
        return System.nanoTime() - begun;
    }

    private void say(String command, String expected) throws IOException {
        wire.writeLine(command);
        expect(expected, command);
    }

    private void expect(String code, String asked) throws IOException {
        LineReader lines = wire.lines();
        lines.next();
        while (lines.length() > 3 && lines.at(3) == '-') {
            lines.next();
        }
        if (!lines.startsWith(code)) {
            throw new UnexpectedAnswerException(asked, lines.text());
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
