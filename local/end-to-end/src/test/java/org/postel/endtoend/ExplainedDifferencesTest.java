package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.postel.engines.SourceTree;

/** docs/interop.md lists why Postel answers otherwise than Dovecot, and an explanation holds for what it was given for alone. */
class ExplainedDifferencesTest {

    private static final String HEAD = "| Where they differ | Why it is right |\n|---|---|\n";

    @Test
    void thePageListsEachReason() throws IOException {
        String page = Files.readString(SourceTree.find().root().resolve("docs/interop.md"));
        String rows = ExplainedDifferences.read().reasons().stream().map(reason -> "| " + reason + " |\n").collect(Collectors.joining());
        int table = page.indexOf(HEAD) + HEAD.length();
        assertEquals(rows, page.substring(table, page.indexOf("\n\n", table) + 1));
    }

    @Test
    void whatIsNotExplainedIsToldAndWhatIsGoneToo() throws IOException {
        ExplainedDifferences explained = ExplainedDifferences.read();
        String command = "Flags: EXPUNGE";
        List<String> known = explained.unexplained(List.of(new ComparedAnswers(command, List.of("NO [READ-ONLY]"), List.of("OK"))));
        assertEquals(0, known.stream().filter(line -> line.equals("> " + command)).count(), "explained");
        List<String> other = explained.unexplained(List.of(new ComparedAnswers(command, List.of("BAD"), List.of("OK"))));
        assertEquals(List.of("> " + command, "+ BAD", "gone: + NO [READ-ONLY]"), other.subList(0, 3));
        assertEquals(List.of("> New", "~ in another order"), explained.unexplained(List.of(
                new ComparedAnswers("New", List.of("* 1 EXPUNGE", "* 2 EXPUNGE"), List.of("* 2 EXPUNGE", "* 1 EXPUNGE")))).subList(0, 2));
    }
}
