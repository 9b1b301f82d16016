package org.postel.endtoend;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where Postel answers otherwise than Dovecot, and why: {@code differences.txt}. "=" begins a reason, which names a section of an RFC; ">" names a
 * command, whose lines follow as {@link ComparedAnswers#differences} has them.
 */
final class ExplainedDifferences {

    private final Map<String, List<String>> expected = new LinkedHashMap<>();
    private final Set<String> reasons = new LinkedHashSet<>();

    private ExplainedDifferences() {
    }

    static ExplainedDifferences read() throws IOException {
        ExplainedDifferences all = new ExplainedDifferences();
        List<String> lines = new ArrayList<>();
        for (String line : ComparedScript.text("differences.txt")) {
            if (line.startsWith("= ")) {
                all.reasons.add(line.substring(2));
            } else if (line.startsWith("> ")) {
                lines = all.expected.computeIfAbsent(line.substring(2), command -> new ArrayList<>());
            } else {
                lines.add(line);
            }
        }
        return all;
    }

    /** Each once. */
    Set<String> reasons() {
        return reasons;
    }

    /** What is not explained, and what is explained and no longer so; in the form of the file. Nothing when all is as it says. */
    List<String> unexplained(List<ComparedAnswers> answers) {
        List<String> wrong = new ArrayList<>();
        Map<String, List<String>> open = new LinkedHashMap<>(expected);
        for (ComparedAnswers compared : answers) {
            List<String> lines = new ArrayList<>(compared.differences());
            List<String> gone = new ArrayList<>();
            for (String known : open.getOrDefault(compared.command(), List.of())) {
                if (!lines.remove(known)) {
                    gone.add("gone: " + known);
                }
            }
            open.remove(compared.command());
            lines.addAll(gone);
            if (!lines.isEmpty()) {
                wrong.add("> " + compared.command());
                wrong.addAll(lines);
            }
        }
        open.keySet().forEach(command -> wrong.add("no such command: " + command));
        return wrong;
    }
}
