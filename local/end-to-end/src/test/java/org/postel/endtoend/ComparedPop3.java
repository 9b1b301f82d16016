package org.postel.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One server's side of {@code pop3.txt}. */
final class ComparedPop3 implements AutoCloseable {

    private final int port;
    private final Account user;
    private Pop3Client client;

    /** Logged in. */
    ComparedPop3(int port, Account user) throws IOException {
        this.port = port;
        this.user = user;
        login();
    }

    private void login() throws IOException {
        client = Pop3Client.connect(port);
        String reply = client.login(user);
        if (!reply.startsWith("+OK")) {
            throw new IOException("PASS was answered " + reply);
        }
    }

    /** The reply without its words for people, and the lines behind it. */
    List<String> say(String command) throws IOException {
        if (command.equals("(new)")) {
            client.ok("QUIT");
            client.close();
            login();
            return List.of();
        }
        String reply = client.say(command);
        List<String> lines = new ArrayList<>(List.of(canonical(reply)));
        if (reply.startsWith("+OK") && severalLines(command)) {
            String text = new String(client.lines(), StandardCharsets.ISO_8859_1);
            if (command.equals("CAPA")) {
                lines.addAll(text.lines().map(line -> line.replaceFirst("^(IMPLEMENTATION) .*", "$1")).sorted().toList());
            } else {
                lines.add(CanonicalResponse.visible(text));
            }
        }
        return lines;
    }

    /** Numbers behind +OK are the answer of STAT and LIST; else code and status are. */
    private static String canonical(String reply) {
        if (reply.matches("\\+OK \\d+ \\d+")) {
            return reply;
        }
        return reply.replaceFirst("^(\\+OK|-ERR)( \\[[^]]*])?.*", "$1$2");
    }

    private static boolean severalLines(String command) {
        String verb = command.split(" ")[0].toUpperCase(Locale.ROOT);
        return Set.of("CAPA", "TOP", "RETR").contains(verb) || Set.of("LIST", "UIDL", "LANG").contains(command.toUpperCase(Locale.ROOT));
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
