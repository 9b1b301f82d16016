package org.postel.delivery.smtp;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server says it can do: RFC 5321 §4.1.1.1. */
final class Extensions {

    private static final Pattern RCPTMAX = Pattern.compile("(?i:RCPTMAX)=(\\d{1,6})");
    private static final Extensions NONE = new Extensions(Map.of());

    private final Map<String, String> parameters;

    private Extensions(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** After HELO. */
    static Extensions none() {
        return NONE;
    }

    // ehlo-line = ehlo-keyword *( SP ehlo-param ); the first line is the greeting.
    static Extensions of(Reply ehlo) {
        Map<String, String> parameters = new HashMap<>();
        List<String> lines = ehlo.lines();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.strip().split(" ", 2);
            parameters.put(words[0].toUpperCase(Locale.ROOT), words.length > 1 ? words[1].strip() : "");
        }
        return new Extensions(parameters);
    }

    boolean has(String keyword) {
        return parameters.containsKey(keyword);
    }

    /** RFC 9422 §4: the most recipients of one mail, which are none of less than one; empty when none was said. */
    OptionalInt recipients() {
        return Arrays.stream(parameters.getOrDefault("LIMITS", "").split(" ")).map(RCPTMAX::matcher).filter(Matcher::matches)
                .mapToInt(limit -> Integer.parseInt(limit.group(1))).filter(limit -> limit > 0).findFirst();
    }

    /** RFC 1870 §4: the largest message; empty when there is no limit or none was said. */
    OptionalLong size() {
        String size = parameters.getOrDefault("SIZE", "");
        long octets = size.matches("\\d{1,18}") ? Long.parseLong(size) : 0;
        return octets > 0 ? OptionalLong.of(octets) : OptionalLong.empty();
    }
}
