package org.postel.endtoend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The commands that both servers are given, from {@code imap.txt} and {@code pop3.txt}. */
final class ComparedScript {

    private static final String FOLDER = "/interop/dovecot/";
    private static final int HEX = 16;

    private ComparedScript() {
    }

    /** The lines of a file that are neither empty nor comments. */
    static List<String> text(String name) throws IOException {
        try (InputStream in = ComparedScript.class.getResourceAsStream(FOLDER + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        }
    }

    /** By section, in order. */
    static List<Section> sections(String name) throws IOException {
        List<Section> sections = new ArrayList<>();
        for (String line : text(name)) {
            if (line.startsWith("== ")) {
                sections.add(new Section(line.substring(3), new ArrayList<>()));
            } else {
                sections.getLast().commands.add(line);
            }
        }
        return sections;
    }

    /** A command's octets: \r, \n and \xHH stand for some. */
    static byte[] octets(String command) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int i = 0; i < command.length(); i++) {
            char next = command.charAt(i);
            String escape = next == '\\' && i + 1 < command.length() ? command.substring(i, i + 2) : "";
            switch (escape) {
                case "\\r" -> octets.write('\r');
                case "\\n" -> octets.write('\n');
                case "\\x" -> octets.write(Integer.parseInt(command.substring(i + 2, i + 4), HEX));
                default -> octets.write(next);
            }
            i += escape.equals("\\x") ? 3 : escape.equals("\\r") || escape.equals("\\n") ? 1 : 0;
        }
        return octets.toByteArray();
    }

    /**
     * Commands for one user.
     *
     * @param name of the section
     * @param commands as they stand in the file
     */
    record Section(String name, List<String> commands) {

        /** What each command is called: with its section, and a number where it was said before. */
        List<String> names() {
            Map<String, Integer> said = new HashMap<>();
            return commands.stream().map(command -> {
                int times = said.merge(command, 1, Integer::sum);
                return name + ": " + command + (times == 1 ? "" : " #" + times);
            }).toList();
        }
    }
}
