package org.postel.endtoend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An IMAP client (RFC 3501) that shows every response. Literals stand inside a response's text as ISO 8859-1. */
final class ImapClient implements AutoCloseable {

    private static final Pattern LITERAL_FOLLOWS = Pattern.compile("\\{(\\d+)}$");
    private static final Pattern UID_AND_LITERAL = Pattern.compile("UID (\\d+) .*\\{(\\d+)}$");

    private final Line line;
    private int tag;

    private ImapClient(Line line) throws IOException {
        this.line = line;
        this.line.readLine();
    }

    static ImapClient connect(int port) throws IOException {
        return new ImapClient(Line.connect(port));
    }

    static ImapClient connectTls(int port) throws IOException {
        return new ImapClient(Line.connectTls(port));
    }

    /** Connected, logged in, INBOX selected. */
    static ImapClient inbox(int port, Account account) throws IOException {
        ImapClient client = connect(port);
        client.login(account);
        client.ok("SELECT INBOX");
        return client;
    }

    ImapClient startTls() throws IOException {
        ok("STARTTLS");
        line.startTls();
        return this;
    }

    void login(Account account) throws IOException {
        String answer = tryLogin(account);
        if (!answer.startsWith("OK")) {
            throw new IOException("LOGIN was answered " + answer);
        }
    }

    /** The tagged response to LOGIN. */
    String tryLogin(Account account) throws IOException {
        return say("LOGIN \"" + account.address() + "\" \"" + account.password() + "\"").getLast();
    }

    /** The untagged responses of a command that is answered OK, then the tagged one. */
    List<String> ok(String command) throws IOException {
        List<String> responses = say(command);
        if (!responses.getLast().startsWith("OK")) {
            throw new IOException(command + " was answered " + responses);
        }
        return responses;
    }

    /** The untagged responses, then the tagged one without its tag. */
    List<String> say(String command) throws IOException {
        tag++;
        line.writeLine("t" + tag + " " + command);
        return untilTagged();
    }

    /** Likewise of a command in octets, for what is no text, and with the literals that are sent unasked (RFC 7888). */
    List<String> say(byte[] command) throws IOException {
        tag++;
        line.write(("t" + tag + " ").getBytes(StandardCharsets.US_ASCII));
        line.write(command);
        line.writeLine("");
        return untilTagged();
    }

    /** APPEND (RFC 3501 §6.3.11) of one message; the tagged response. */
    String append(String mailbox, String flags, byte[] message) throws IOException {
        tag++;
        line.writeLine("t" + tag + " APPEND " + mailbox + " (" + flags + ") {" + message.length + "}");
        String goAhead = line.readLine();
        while (goAhead.startsWith("*")) {
            goAhead = line.readLine();
        }
        if (!goAhead.startsWith("+")) {
            return goAhead.substring(goAhead.indexOf(' ') + 1);
        }
        line.write(message);
        line.writeLine("");
        return untilTagged().getLast();
    }

    /** The octets of a message by its sequence number. */
    byte[] message(int number) throws IOException {
        return literal("FETCH " + number + " BODY.PEEK[]");
    }

    /** The octets of all messages by their UIDs, in order; of many this takes a fraction of the time of one after the other. */
    SequencedMap<Long, byte[]> messages() throws IOException {
        tag++;
        line.writeLine("t" + tag + " UID FETCH 1:* BODY.PEEK[]");
        SequencedMap<Long, byte[]> messages = new LinkedHashMap<>();
        String response = line.readLine();
        while (!response.startsWith("t" + tag + " ")) {
            Matcher message = UID_AND_LITERAL.matcher(response);
            if (message.find()) {
                messages.put(Long.parseLong(message.group(1)), line.read(Integer.parseInt(message.group(2))));
            }
            response = line.readLine();
        }
        if (!response.startsWith("t" + tag + " OK")) {
            throw new IOException("FETCH was answered " + response);
        }
        return messages;
    }

    private byte[] literal(String command) throws IOException {
        tag++;
        line.writeLine("t" + tag + " " + command);
        String response = line.readLine();
        Matcher literal = LITERAL_FOLLOWS.matcher(response);
        while (!literal.find()) {
            if (response.startsWith("t" + tag + " ")) {
                throw new IOException(command + " brought no literal: " + response);
            }
            response = line.readLine();
            literal = LITERAL_FOLLOWS.matcher(response);
        }
        byte[] octets = line.read(Integer.parseInt(literal.group(1)));
        untilTagged();
        return octets;
    }

    /** How many messages the selected mailbox has, after NOOP. */
    int exists() throws IOException {
        return count(ok("STATUS INBOX (MESSAGES)"));
    }

    private static int count(List<String> responses) throws IOException {
        Pattern messages = Pattern.compile("MESSAGES (\\d+)");
        for (String response : responses) {
            Matcher found = messages.matcher(response);
            if (found.find()) {
                return Integer.parseInt(found.group(1));
            }
        }
        throw new IOException("No MESSAGES in " + responses);
    }

    /** Begins IDLE (RFC 2177). */
    void idle() throws IOException {
        tag++;
        line.writeLine("t" + tag + " IDLE");
        String response = line.readLine();
        while (!response.startsWith("+")) {
            response = line.readLine();
        }
    }

    /** The next response while idling. */
    String told() throws IOException {
        return response();
    }

    void done() throws IOException {
        line.writeLine("DONE");
        untilTagged();
    }

    private List<String> untilTagged() throws IOException {
        List<String> responses = new ArrayList<>();
        String mine = "t" + tag + " ";
        String response = response();
        while (!response.startsWith(mine)) {
            responses.add(response);
            response = response();
        }
        responses.add(response.substring(mine.length()));
        return responses;
    }

    /** One response with its literals. */
    private String response() throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        String part = line.readLine();
        Matcher literal = LITERAL_FOLLOWS.matcher(part);
        while (literal.find()) {
            whole.writeBytes(part.getBytes(StandardCharsets.ISO_8859_1));
            whole.writeBytes(line.read(Integer.parseInt(literal.group(1))));
            part = line.readLine();
            literal = LITERAL_FOLLOWS.matcher(part);
        }
        whole.writeBytes(part.getBytes(StandardCharsets.ISO_8859_1));
        return whole.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        line.close();
    }
}
