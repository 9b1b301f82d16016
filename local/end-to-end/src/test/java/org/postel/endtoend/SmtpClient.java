package org.postel.endtoend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** An SMTP client (RFC 5321) that answers each command's whole reply, lines joined by LF. */
final class SmtpClient implements AutoCloseable {

    private final Line line;
    private String introduction = "";

    private SmtpClient(Line line) {
        this.line = line;
    }

    /** Connected, greeted and introduced. */
    static SmtpClient connect(int port) throws IOException {
        return introduced(Line.connect(port));
    }

    /** The same under TLS from the first octet. */
    static SmtpClient connectTls(int port) throws IOException {
        return introduced(Line.connectTls(port));
    }

    private static SmtpClient introduced(Line line) throws IOException {
        SmtpClient client = new SmtpClient(line);
        try {
            client.expect("220", client.reply());
            client.introduce();
            return client;
        } catch (IOException | RuntimeException failed) {
            line.close();
            throw failed;
        }
    }

    SmtpClient startTls() throws IOException {
        expect("220", say("STARTTLS"));
        line.startTls();
        introduce();
        return this;
    }

    private void introduce() throws IOException {
        introduction = say("EHLO client.example.test");
        expect("250", introduction);
    }

    /** The EHLO keywords of the server, as it offers them now. */
    List<String> keywords() {
        return introduction.lines().skip(1).map(line -> line.substring(4).split(" ")[0]).toList();
    }

    /** AUTH PLAIN (RFC 4616). */
    String login(Account account) throws IOException {
        String secret = "\0" + account.address() + "\0" + account.password();
        return say("AUTH PLAIN " + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
    }

    /** One whole transaction; the reply to the final dot, or the first refusal. */
    String send(String from, String to, byte[] message) throws IOException {
        return send(from, to, message, "");
    }

    String send(String from, String to, byte[] message, String mailParameters) throws IOException {
        return send(from, to, message, mailParameters, "");
    }

    String send(String from, String to, byte[] message, String mailParameters, String rcptParameters) throws IOException {
        String reply = say("MAIL FROM:<" + from + ">" + mailParameters);
        if (reply.startsWith("250")) {
            reply = say("RCPT TO:<" + to + ">" + rcptParameters);
        }
        if (reply.startsWith("250")) {
            reply = say("DATA");
        }
        if (!reply.startsWith("354")) {
            return reply;
        }
        line.write(stuffed(message));
        return reply();
    }

    String say(String command) throws IOException {
        line.writeLine(command);
        return reply();
    }

    private String reply() throws IOException {
        StringBuilder reply = new StringBuilder();
        String next = line.readLine();
        while (next.length() > 3 && next.charAt(3) == '-') {
            reply.append(next).append('\n');
            next = line.readLine();
        }
        return reply.append(next).toString();
    }

    private void expect(String code, String reply) throws IOException {
        if (!reply.startsWith(code)) {
            throw new IOException("Expected " + code + " but got: " + reply);
        }
    }

    /** RFC 5321 §4.5.2, and the final dot. The message must end in CRLF. */
    private static byte[] stuffed(byte[] message) {
        ByteArrayOutputStream stuffed = new ByteArrayOutputStream(message.length + 64);
        boolean lineStarts = true;
        for (byte octet : message) {
            if (lineStarts && octet == '.') {
                stuffed.write('.');
            }
            stuffed.write(octet);
            lineStarts = octet == '\n';
        }
        stuffed.writeBytes(".\r\n".getBytes(StandardCharsets.US_ASCII));
        return stuffed.toByteArray();
    }

    @Override
    public void close() throws IOException {
        line.close();
    }
}
