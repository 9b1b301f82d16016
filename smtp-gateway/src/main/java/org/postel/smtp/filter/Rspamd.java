package org.postel.smtp.filter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postel.smtp.command.Assessment;
import org.postel.smtp.command.Peer;
import org.postel.smtp.session.Login;
import org.postel.smtp.session.SmtpState.Addressing;

/**
 * Rspamd, by its HTTP protocol (rspamd.com, "protocol", /checkv2). The request is written by hand, because it is written while the
 * content arrives, by the thread that reads it. HTTP/1.1: RFC 9112.
 */
public final class Rspamd implements Scanner {

    /** The fields that tell what was found, and others that mail programs go by; all in lower case. */
    public static final Set<String> FIELDS = Set.of("x-spam-flag", "x-spam-status", "x-spam-score", "x-spam-level", "x-spam");
    private static final int MOST_ANSWER = 256 << 10;
    private static final Pattern HEAD = Pattern.compile("HTTP/1\\.[01] (\\d{3})[^\\r\\n]*\\r\\n((?:[^\\r\\n]+\\r\\n)*)\\r\\n");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length:\\s*(\\d{1,9})\\s*$");

    private final ServiceAddress address;
    private final Duration limit;

    /** @param limit of each step: connecting, a write, the answer */
    public Rspamd(ServiceAddress address, Duration limit) {
        this.address = address;
        this.limit = limit;
    }

    @Override
    public Scan open(Addressing envelope, Peer peer, OptionalLong size) throws IOException {
        ServiceConnection connection = ServiceConnection.open(address, limit);
        connection.write(ascii(head(envelope, peer, size)));
        return new Stream(connection, size.isEmpty());
    }

    private static String head(Addressing envelope, Peer peer, OptionalLong size) {
        StringBuilder head = new StringBuilder("POST /checkv2 HTTP/1.1\r\nHost: rspamd\r\nConnection: close\r\n");
        head.append(size.isPresent() ? "Content-Length: " + size.getAsLong() : "Transfer-Encoding: chunked").append("\r\n");
        field(head, "IP", peer.address().getHostAddress().replaceFirst("%.*", ""));
        field(head, "Helo", envelope.client().name().text());
        field(head, "From", envelope.mail().from().address());
        envelope.to().forEach(to -> field(head, "Rcpt", to.address()));
        if (envelope.login() instanceof Login.Authenticated(var account)) {
            field(head, "User", account.address());
        }
        return head.append("\r\n").toString();
    }

    // No control gets here: it would be a field of its own (SAFETY row 11). Addresses of other letters are told as well as that goes.
    private static void field(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value.replaceAll("[^ -~]", "?")).append("\r\n");
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static final class Stream implements Scan {

        private final ServiceConnection connection;
        private final boolean chunked;

        private Stream(ServiceConnection connection, boolean chunked) {
            this.connection = connection;
            this.chunked = chunked;
        }

        // chunk = chunk-size CRLF chunk-data CRLF ; RFC 9112 §7.1
        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            if (length == 0) {
                return;
            }
            ByteBuffer data = ByteBuffer.wrap(octets, offset, length);
            if (chunked) {
                connection.write(ascii(Integer.toHexString(length) + "\r\n"), data, ascii("\r\n"));
            } else {
                connection.write(data);
            }
        }

        @Override
        public Assessment finish() throws IOException {
            if (chunked) {
                connection.write(ascii("0\r\n\r\n"));
            }
            return RspamdAnswer.of(body(connection.read(MOST_ANSWER, Stream::whole)));
        }

        private static boolean whole(byte[] answer) {
            String text = new String(answer, StandardCharsets.ISO_8859_1);
            Matcher head = HEAD.matcher(text);
            return head.lookingAt() && answer.length - head.end() >= length(head.group(2));
        }

        // Without a length it ends with the connection.
        private static int length(String fields) {
            Matcher length = LENGTH.matcher(fields);
            return length.find() ? Integer.parseInt(length.group(1)) : Integer.MAX_VALUE;
        }

        private static byte[] body(byte[] answer) throws IOException {
            Matcher head = HEAD.matcher(new String(answer, StandardCharsets.ISO_8859_1));
            if (!head.lookingAt() || !head.group(1).equals("200")) {
                throw new IOException("rspamd answers " + (head.lookingAt() ? head.group(1) : "no HTTP"));
            }
            return java.util.Arrays.copyOfRange(answer, head.end(), answer.length);
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
