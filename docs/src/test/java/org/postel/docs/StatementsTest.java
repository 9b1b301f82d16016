package org.postel.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SAFETY row 34: the text of a statement of mailbox-service is made of constants, and values are bound to it. */
class StatementsTest {

    private static final String LITERAL = "\"(?:[^\"\\\\]|\\\\.)*\"";
    private static final String WORD = "\\b(?:SELECT|INSERT INTO|UPDATE|DELETE|TRUNCATE|BEGIN|WHERE|VALUES|SET|AND)\\b";
    private static final String BEHIND = "((?:\\s*\\+\\s*(?:" + LITERAL + "|[\\w.]+(?:\\([^)]*\\))?)|\\s*\\.formatted\\()*)";
    /** A text with a word of a statement, in a line or as a block, and what is put behind or into it. */
    private static final Pattern STATEMENT = Pattern.compile("(?s:\"\"\"\\s(?:(?!\"\"\").)*?" + WORD + ".*?\"\"\")" + BEHIND
            + "|\"(?:[^\"\\\\\n]|\\\\.)*" + WORD + "(?:[^\"\\\\\n]|\\\\.)*\"" + BEHIND);
    private static final String PUT_INTO_A_BLOCK = ".formatted(";
    private static final Pattern PUT_IN = Pattern.compile("\\+\\s*([\\w.]+)");
    private static final Pattern CONSTANT = Pattern.compile("(?:[A-Z]\\w*\\.)*[A-Z][A-Z0-9_]*");
    /** A parameter that gets constants: names of columns. */
    private static final Set<String> COLUMNS = Set.of("MailboxLog.java: columns");

    @Test
    void nothingIsPutIntoAStatementButConstants() {
        Set<String> put = new TreeSet<>();
        int statements = 0;
        for (Path source : Repository.here().mainSources().stream().filter(path -> path.toString().contains("mailbox-service")).toList()) {
            for (MatchResult statement : STATEMENT.matcher(Repository.read(source)).results().toList()) {
                statements++;
                putInto(statement.group(1) == null ? statement.group(2) : statement.group(1)).forEach(name -> put.add(source.getFileName() + ": " + name));
            }
        }
        assertTrue(statements > 100, "statements that were found: " + statements);
        assertEquals(COLUMNS, put);
    }

    private static Stream<String> putInto(String rest) {
        String names = rest.replaceAll(LITERAL, "");
        Stream<String> behind = PUT_IN.matcher(names).results().map(name -> name.group(1)).filter(name -> !CONSTANT.matcher(name).matches());
        return Stream.concat(behind, names.contains(PUT_INTO_A_BLOCK) ? Stream.of(PUT_INTO_A_BLOCK) : Stream.empty());
    }
}
