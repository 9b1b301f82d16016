package org.postel.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conversation with a gateway, written as it looks on the wire. One line each:
 *
 * <pre>
 * # comment
 * given FACT            the stage makes it true
 * A&gt; text               session A sends a line; A connects when it is first named
 * A&gt;&gt; te\r\nxt\x00       A sends exactly these octets
 * A&lt; text               A gets exactly this line
 * A&lt;^ text              A gets a line that begins so
 * A&lt;~ regex             A gets a line that matches; a named group becomes a variable
 * A&lt;? regex             from here on A may get lines that match, and they are passed over
 * A! connect-tls        A connects, TLS from the first octet
 * A! tls                A does the handshake, after the command for it
 * A! half-close         A sends no more
 * A! close              A hangs up
 * A! closed             the server has hung up, without another octet
 * </pre>
 *
 * <p>A name is a capital letter. <code>${name}</code> stands for a variable. Text is UTF-8.
 */
public final class Transcript {

    private static final Pattern STEP = Pattern.compile("([A-Z])(>>|>|<\\^|<~|<\\?|<|!) ?(.*)");
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([a-zA-Z][a-zA-Z0-9]*)}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(r|n|t|\\\\|x[0-9a-fA-F]{2})");

    private final Stage stage;
    private final Map<String, LineClient> sessions = new LinkedHashMap<>();
    private final Map<String, Pattern> tolerated = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();

    private Transcript(Stage stage) {
        this.stage = stage;
    }

    /** Plays all lines; an error names the line. */
    public static void play(String name, List<String> lines, Stage stage) throws Exception {
        Transcript transcript = new Transcript(stage);
        int number = 0;
        try {
            for (String line : lines) {
                number++;
                transcript.play(line);
            }
        } catch (AssertionError | IOException | IllegalArgumentException e) {
            throw new AssertionError(name + ":" + number + ": " + lines.get(number - 1) + "\n  " + e.getMessage(), e);
        } finally {
            for (LineClient session : transcript.sessions.values()) {
                session.close();
            }
        }
    }

    private void play(String line) throws Exception {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        if (line.startsWith("given ")) {
            stage.given(line.substring("given ".length()));
            return;
        }
        Matcher step = STEP.matcher(line);
        if (!step.matches()) {
            throw new IllegalArgumentException("no such step");
        }
        act(step.group(1), step.group(2), filled(step.group(3)));
    }

    private void act(String name, String kind, String text) throws Exception {
        switch (kind) {
            case ">" -> session(name).sendRaw(octets(text) + "\r\n");
            case ">>" -> session(name).sendRaw(unescaped(octets(text)));
            case "<" -> expect(name, octets(text), Pattern.quote(octets(text)));
            case "<^" -> expect(name, octets(text) + "...", Pattern.quote(octets(text)) + ".*");
            case "<~" -> remember(text, expect(name, text, text));
            case "<?" -> tolerated.put(name, Pattern.compile(text));
            default -> control(name, text);
        }
    }

    private void control(String name, String what) throws IOException {
        switch (what) {
            case "connect" -> session(name);
            case "connect-tls" -> sessions.put(name, LineClient.connectTls(stage.tlsPort(), stage.certificate()));
            case "tls" -> session(name).startTls(stage.certificate());
            case "half-close" -> session(name).shutdownOutput();
            case "close" -> sessions.remove(name).close();
            case "closed" -> sessions.remove(name).expectClosed();
            default -> throw new IllegalArgumentException("no such control: " + what);
        }
    }

    private LineClient session(String name) throws IOException {
        LineClient session = sessions.get(name);
        if (session == null) {
            session = LineClient.connect(stage.port());
            sessions.put(name, session);
        }
        return session;
    }

    private String expect(String name, String shown, String regex) throws IOException {
        Pattern wanted = Pattern.compile(regex);
        while (true) {
            String got = session(name).readLine();
            if (wanted.matcher(got).matches()) {
                return got;
            }
            Pattern passedOver = tolerated.get(name);
            if (passedOver == null || !passedOver.matcher(got).matches()) {
                throw new AssertionError("expected: " + shown + "\n  but got:  " + got);
            }
        }
    }

    private void remember(String regex, String line) {
        Matcher match = Pattern.compile(regex).matcher(line);
        Matcher groups = GROUP.matcher(regex);
        while (match.matches() && groups.find()) {
            variables.put(groups.group(1), match.group(groups.group(1)));
        }
    }

    private String filled(String text) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            String value = variables.get(found.group(1));
            if (value == null) {
                throw new IllegalArgumentException("no variable " + found.group(1));
            }
            return Matcher.quoteReplacement(value);
        });
    }

    // The client's characters are octets.
    private static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(switch (found.group(1).charAt(0)) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            case '\\' -> "\\";
            default -> String.valueOf((char) Integer.parseInt(found.group(1).substring(1), 16));
        }));
    }
}
