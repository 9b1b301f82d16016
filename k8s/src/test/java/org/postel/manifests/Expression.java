package org.postel.manifests;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression of PromQL names.
 *
 * @param series  each series with the labels that select it
 * @param grouped the labels that results are gathered by
 */
record Expression(Map<String, Set<String>> series, Set<String> grouped) {

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]|\\boffset +[0-9]+[smhdw]");
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*\\{([^}]*)}");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern FUNCTION = Pattern.compile("\\b([a-z_]+)\\s*\\(");
    private static final Pattern WORD = Pattern.compile("(?<![0-9.])\\b[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Set<String> FUNCTIONS = Set.of("absent", "avg", "changes", "histogram_quantile", "increase", "max", "min", "min_over_time", "rate",
            "sum", "vector");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool");

    /** Reads what is used of the language here; anything else is an error. */
    static Expression of(String text) {
        Map<String, Set<String>> series = new LinkedHashMap<>();
        Set<String> grouped = new TreeSet<>();
        String rest = RANGE.matcher(STRING.matcher(text).replaceAll("\"\"")).replaceAll("");
        rest = SELECTOR.matcher(rest).replaceAll(selector -> {
            Set<String> labels = series.computeIfAbsent(selector.group(1), name -> new TreeSet<>());
            WORD.matcher(selector.group(2)).results().forEach(label -> labels.add(label.group()));
            return " ";
        });
        rest = GROUPING.matcher(rest).replaceAll(grouping -> {
            WORD.matcher(grouping.group(1)).results().forEach(label -> grouped.add(label.group()));
            return " ";
        });
        Matcher function = FUNCTION.matcher(rest);
        while (function.find()) {
            if (!FUNCTIONS.contains(function.group(1)) && !WORDS.contains(function.group(1))) {
                throw new IllegalArgumentException("no function that this test knows: " + function.group(1));
            }
        }
        WORD.matcher(rest).results().map(MatchResult::group)
                .filter(word -> !FUNCTIONS.contains(word) && !WORDS.contains(word))
                .forEach(word -> series.computeIfAbsent(word, name -> new TreeSet<>()));
        return new Expression(series, grouped);
    }
}
