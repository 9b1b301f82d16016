package org.postel.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page of Markdown with a part that the bench writes, between two comments: a section for each figure. What was not measured this
 * time stays, and so does everything outside.
 */
public final class Page {

    /** Before the sections. */
    public static final String BEGIN = "<!-- figures: begin -->\n";
    /** After them. */
    public static final String END = "<!-- figures: end -->";

    private static final String HEADING = "### ";

    private final String before;
    private final String after;
    private final Map<String, String> sections = new LinkedHashMap<>();

    /**
     * From its text.
     *
     * @throws IllegalArgumentException when it lacks the comments
     */
    public Page(String text) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END, Math.max(begin, 0));
        if (begin < 0 || end < 0) {
            throw new IllegalArgumentException("There is no " + BEGIN.strip() + " with " + END + " after it");
        }
        before = text.substring(0, begin + BEGIN.length());
        after = text.substring(end);
        for (String section : text.substring(begin + BEGIN.length(), end).split("(?m)^" + HEADING)) {
            int line = section.indexOf('\n');
            if (line > 0) {
                sections.put(section.substring(0, line), section.substring(line + 1).strip());
            }
        }
    }

    /** A figure's section, in place of the one it had. */
    public void put(String figure, String section) {
        sections.put(figure, section.strip());
    }

    /**
     * The page.
     *
     * @param order of the figures; sections of others are dropped, as nobody can measure them any more
     */
    public String text(List<String> order) {
        StringBuilder text = new StringBuilder(before);
        for (String figure : order) {
            if (sections.containsKey(figure)) {
                text.append('\n').append(HEADING).append(figure).append("\n\n").append(sections.get(figure)).append('\n');
            }
        }
        return text.append('\n').append(after).toString();
    }
}
