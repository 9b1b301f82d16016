package org.postel.smtp.filter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postel.smtp.command.Assessment;
import org.postel.smtp.command.Peer;
import org.postel.smtp.session.SmtpState.Addressing;
import org.postel.smtp.syntax.Reply;

/** ClamAV's daemon, by its command INSTREAM (clamd(8)): chunks, each with its length before it, and an empty one at the end. */
public final class Clamd implements Scanner {

    private static final byte[] COMMAND = "zINSTREAM\0".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_ANSWER = 4096;
    private static final Pattern FOUND = Pattern.compile("stream: (.{1,200}) FOUND");
    /** The field that names what was found, where that is not refused. */
    public static final String FIELD = "X-Virus";

    private final ServiceAddress address;
    private final Duration limit;
    private final Infected infected;

    /** @param limit of each step: connecting, a write, the answer */
    public Clamd(ServiceAddress address, Duration limit, Infected infected) {
        this.address = address;
        this.limit = limit;
        this.infected = infected;
    }

    @Override
    public Scan open(Addressing envelope, Peer peer, OptionalLong size) throws IOException {
        ServiceConnection connection = ServiceConnection.open(address, limit);
        connection.write(ByteBuffer.wrap(COMMAND));
        return new Stream(connection);
    }

    private final class Stream implements Scan {

        private final ServiceConnection connection;

        private Stream(ServiceConnection connection) {
            this.connection = connection;
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            if (length > 0) {
                connection.write(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip(), ByteBuffer.wrap(octets, offset, length));
            }
        }

        @Override
        public Assessment finish() throws IOException {
            connection.write(ByteBuffer.allocate(Integer.BYTES).putInt(0).flip());
            byte[] answer = connection.read(MOST_ANSWER, read -> read.length > 0 && read[read.length - 1] == 0);
            return understood(new String(answer, StandardCharsets.US_ASCII).replace("\0", "").strip());
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    private Assessment understood(String answer) throws IOException {
        if (answer.equals("stream: OK")) {
            return Assessment.NOTHING;
        }
        Matcher found = FOUND.matcher(answer);
        if (!found.matches()) {
            throw new IOException("clamd says: " + answer.replaceAll("[^ -~]", "?"));
        }
        String name = found.group(1).replaceAll("[^A-Za-z0-9._/-]", "?");
        return switch (infected) {
            case REJECT -> Assessment.refused(Reply.of(550, "5.7.1", "Message is infected: " + name));
            case JUNK -> new Assessment(Optional.empty(), FIELD + ": " + name + "\r\n", true);
        };
    }
}
