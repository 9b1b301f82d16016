package org.postel.engines;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a process ended, as far as its log says so, in one line for a person. It is the last error of the log with its chain of
 * causes, told by the cause that says most: the root one, or one above it that only adds to its words. Logs are our services'
 * JSON lines, or plain lines with Java stack traces.
 */
final class LastWords {

    private static final int MOST_BYTES = 256 * 1024;
    private static final int LONGEST = 300;
    private static final Pattern JSON_ERROR = Pattern.compile("^\\{.*\"level\":\"(ERROR|FATAL)\".*");
    private static final Pattern JSON_TEXT = Pattern.compile("\"message\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern PLAIN_ERROR = Pattern.compile("^.*?\\b(?:ERROR|FATAL)\\s+(.*)");
    private static final Pattern PLAIN_LEVEL = Pattern.compile(".*\\b(?:WARN|INFO|DEBUG|TRACE)\\b.*");
    private static final Pattern THROWN = Pattern.compile("^(?:Exception in thread \"[^\"]*\" )?([\\w.$]*(?:Exception|Error)(?::.*)?)$");
    private static final Pattern CAUSE = Pattern.compile("^Caused by: (.*)");
    private static final Pattern FRAME = Pattern.compile("^(at |\\.\\.\\. ).*");
    private static final Pattern CLASS_NAME = Pattern.compile("^(?:[\\w$]+\\.)+[\\w$]+: ");

    private final List<String> chain = new ArrayList<>();
    private String other = "";
    private boolean afterError;

    private LastWords() {
    }

    /**
     * From what a log got since a process was started.
     *
     * @param log the file
     * @param from its length at the start of the process
     * @return one line, empty when the log says nothing or cannot be read
     */
    static Optional<String> of(Path log, long from) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(from, file.length() - MOST_BYTES);
            byte[] said = new byte[(int) Math.max(0, file.length() - start)];
            file.seek(start);
            file.readFully(said);
            return of(new String(said, StandardCharsets.UTF_8).lines().toList());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    static Optional<String> of(List<String> lines) {
        LastWords words = new LastWords();
        lines.stream().map(String::strip).filter(line -> !line.isEmpty()).forEach(words::take);
        return words.best();
    }

    private void take(String line) {
        boolean wasAfterError = afterError;
        afterError = false;
        Matcher plain = PLAIN_ERROR.matcher(line);
        Matcher thrown = THROWN.matcher(line);
        Matcher cause = CAUSE.matcher(line);
        if (line.startsWith("{")) {
            takeJson(line);
        } else if (cause.matches()) {
            chain.add(cause.group(1));
        } else if (thrown.matches()) {
            if (!wasAfterError) {
                chain.clear();
            }
            chain.add(thrown.group(1));
        } else if (plain.matches()) {
            chain.clear();
            chain.add(plain.group(1));
            afterError = true;
        } else if (!FRAME.matcher(line).matches() && !PLAIN_LEVEL.matcher(line).matches()) {
            other = line;
        }
    }

    private void takeJson(String line) {
        if (JSON_ERROR.matcher(line).matches()) {
            chain.clear();
            JSON_TEXT.matcher(line).results().forEach(text -> chain.add(unescaped(text.group(1))));
        }
    }

    private static String unescaped(String json) {
        return json.replace("\\\"", "\"").replace("\\n", " ").replace("\\t", " ").replace("\\\\", "\\");
    }

    private Optional<String> best() {
        if (chain.isEmpty()) {
            return other.isEmpty() ? Optional.empty() : Optional.of(cut(other));
        }
        int at = chain.size() - 1;
        String said = withoutClass(chain.get(at));
        while (at > 0 && chain.get(at - 1).endsWith(said)) {
            at--;
            said = withoutClass(chain.get(at));
        }
        return Optional.of(cut(said));
    }

    private static String withoutClass(String thrown) {
        String said = thrown;
        Matcher named = CLASS_NAME.matcher(said);
        while (named.find()) {
            said = said.substring(named.end());
            named = CLASS_NAME.matcher(said);
        }
        return said;
    }

    private static String cut(String words) {
        String line = words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
        return line.length() > LONGEST ? line.substring(0, LONGEST) + " ..." : line;
    }
}
