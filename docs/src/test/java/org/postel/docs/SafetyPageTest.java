package org.postel.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** docs/safety.md names for each attack the tests that hold it off, and each of these names the attack. */
class SafetyPageTest {

    private static final int ROWS = 40;
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\| [^|]+ \\| ([^|]+) \\| (yes|no) \\|$", Pattern.MULTILINE);
    private static final Pattern NAMES = Pattern.compile(": ([A-Z]\\w*Test(?:, [A-Z]\\w*Test)*)$");
    /** As in "SAFETY row 4", "SAFETY rows 20, 22 and 23", "SAFETY rows 4 to 7". */
    private static final Pattern MENTION = Pattern.compile("SAFETY rows? (\\d+(?:(?:, | and | to )\\d+)*)");
    private static final Pattern RANGE = Pattern.compile("(\\d+)(?: to (\\d+))?");
    private static final Repository REPOSITORY = Repository.here();

    /** Of each row the names that it ends with. */
    private final Map<Integer, List<String>> named = named();

    private static Map<Integer, List<String>> named() {
        Map<Integer, List<String>> named = new TreeMap<>();
        ROW.matcher(REPOSITORY.text("docs/safety.md")).results().forEach(row -> {
            Matcher names = NAMES.matcher(row.group(2));
            List<String> before = named.put(Integer.valueOf(row.group(1)), names.find() ? Arrays.asList(names.group(1).split(", ")) : List.of());
            assertTrue(before == null, "row " + row.group(1) + " stands twice in docs/safety.md");
        });
        return named;
    }

    @Test
    void eachRowIsThereAndEndsWithTests() {
        assertEquals(IntStream.rangeClosed(1, ROWS).boxed().collect(Collectors.toSet()), named.keySet(), "rows of docs/safety.md");
        assertEquals(Set.of(), named.keySet().stream().filter(row -> named.get(row).isEmpty()).collect(Collectors.toSet()), "rows that end with no test");
    }

    @Test
    void eachNamedTestIsThereAndNamesTheRow() {
        Map<String, Set<Integer>> mentioned = mentioned();
        Set<String> missing = new TreeSet<>();
        named.forEach((row, names) -> names.forEach(name -> {
            if (!mentioned.containsKey(name)) {
                missing.add("row " + row + ": there is no " + name);
            } else if (!mentioned.get(name).contains(row)) {
                missing.add("row " + row + ": no " + name + " says SAFETY row " + row);
            }
        }));
        assertEquals(Set.of(), missing);
    }

    /** The rows that each class of tests names; those of one name, in several modules, are taken together. */
    private static Map<String, Set<Integer>> mentioned() {
        Map<String, Set<Integer>> mentioned = new HashMap<>();
        for (Path source : REPOSITORY.testSources()) {
            String name = source.getFileName().toString().replace(".java", "");
            mentioned.computeIfAbsent(name, absent -> new TreeSet<>()).addAll(rows(Repository.read(source)));
        }
        return mentioned;
    }

    private static Set<Integer> rows(String source) {
        Set<Integer> rows = new TreeSet<>();
        MENTION.matcher(source).results().flatMap(mention -> RANGE.matcher(mention.group(1)).results()).forEach(range -> {
            int first = Integer.parseInt(range.group(1));
            IntStream.rangeClosed(first, range.group(2) == null ? first : Integer.parseInt(range.group(2))).forEach(rows::add);
        });
        return rows;
    }
}
