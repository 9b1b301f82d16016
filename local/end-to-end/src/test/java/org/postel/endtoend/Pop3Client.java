package org.postel.endtoend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A POP3 client (RFC 1939) that shows every reply. */
final class Pop3Client implements AutoCloseable {

    private final Line line;

    private Pop3Client(Line line) throws IOException {
        this.line = line;
        line.readLine();
    }

    static Pop3Client connect(int port) throws IOException {
        return new Pop3Client(Line.connect(port));
    }

    static Pop3Client connectTls(int port) throws IOException {
        return new Pop3Client(Line.connectTls(port));
    }

    Pop3Client startTls() throws IOException {
        ok("STLS");
        line.startTls();
        return this;
    }

    /** USER and PASS; the reply to PASS. */
    String login(Account account) throws IOException {
        ok("USER " + account.address());
        return say("PASS " + account.password());
    }

    String say(String command) throws IOException {
        line.writeLine(command);
        return line.readLine();
    }

    String ok(String command) throws IOException {
        String reply = say(command);
        if (!reply.startsWith("+OK")) {
            throw new IOException(command + " was answered " + reply);
        }
        return reply;
    }

    /** RETR, dot-stuffing undone. */
    byte[] message(int number) throws IOException {
        ok("RETR " + number);
        return lines();
    }

    /** What follows a reply of several lines (RFC 1939 §3), dot-stuffing undone. */
    byte[] lines() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        String next = line.readLine();
        while (!next.equals(".")) {
            String unstuffed = next.startsWith(".") ? next.substring(1) : next;
            message.writeBytes((unstuffed + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            next = line.readLine();
        }
        return message.toByteArray();
    }

    @Override
    public void close() throws IOException {
        line.close();
    }
}
