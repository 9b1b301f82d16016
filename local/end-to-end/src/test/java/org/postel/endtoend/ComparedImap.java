package org.postel.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One server's side of a section of {@code imap.txt}. */
final class ComparedImap implements AutoCloseable {

    private static final Pattern KNOWN = Pattern.compile("\\[(UIDVALIDITY|UIDNEXT|HIGHESTMODSEQ) (\\d+)]");

    private final int port;
    private final Account user;
    private final Map<String, String> known = new HashMap<>();
    private ImapClient first;
    private ImapClient second;

    /** The user has no mail yet, and gets all of it. */
    ComparedImap(int port, Account user, List<byte[]> mail) throws IOException {
        this.port = port;
        this.user = user;
        this.first = ImapClient.connect(port);
        first.login(user);
        for (int i = 0; i < mail.size(); i++) {
            String date = "%02d-Feb-2026 %02d:15:00 %s".formatted(1 + i % 9, i % 24, i % 7 == 3 ? "+0900" : "+0000");
            String append = "APPEND INBOX \"" + date + "\" {" + mail.get(i).length + "+}\r\n" + new String(mail.get(i), StandardCharsets.ISO_8859_1);
            List<String> answer = first.say(append.getBytes(StandardCharsets.ISO_8859_1));
            if (!answer.getLast().startsWith("OK")) {
                throw new IOException("APPEND of message " + (i + 1) + " was answered " + answer);
            }
        }
        remember(first.ok("SELECT INBOX"));
    }

    /** The responses in canonical form: those about messages as they come, then the others by the alphabet, then the tagged one. */
    List<String> say(String command) throws IOException {
        if (command.equals("(new)")) {
            first.close();
            first = ImapClient.inbox(port, user);
            return List.of();
        }
        try {
            List<String> answer = command.startsWith("B: ") ? say(second(), command.substring(3)) : say(first, command);
            return canonical(answer);
        } catch (IOException ended) {
            return List.of("the connection ends");
        }
    }

    private List<String> say(ImapClient client, String command) throws IOException {
        String filled = command.replace("$MODSEQ", known.getOrDefault("HIGHESTMODSEQ", "1")).replace("$UIDVALIDITY", known.getOrDefault("UIDVALIDITY", "1"))
                .replace("$UIDNEXT", known.getOrDefault("UIDNEXT", "1"));
        List<String> answer = client.say(ComparedScript.octets(filled));
        if (client == first && command.startsWith("SELECT") && !command.contains("QRESYNC")) {
            remember(answer);
        }
        return answer;
    }

    private ImapClient second() throws IOException {
        if (second == null) {
            second = ImapClient.inbox(port, user);
        }
        return second;
    }

    private void remember(List<String> answer) {
        for (String response : answer) {
            Matcher found = KNOWN.matcher(response);
            if (found.find()) {
                known.put(found.group(1), found.group(2));
            }
        }
    }

    private static List<String> canonical(List<String> answer) {
        List<String> about = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String response : answer.subList(0, answer.size() - 1)) {
            (response.matches("(?s)\\* \\d+ (FETCH|EXPUNGE).*") ? about : others).add(CanonicalResponse.of(response));
        }
        return Stream.of(about.stream(), others.stream().sorted(), Stream.of(CanonicalResponse.of(answer.getLast()))).flatMap(all -> all).toList();
    }

    @Override
    public void close() throws IOException {
        first.close();
        if (second != null) {
            second.close();
        }
    }
}
