package org.postel.mail.mime;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words of an HTML page, in one pass over it; no more than enough for a preview: tags are blanks, and what stands within
 * head, style, script and comments is no text. The page is a stranger's: nothing of it is run or fetched.
 */
final class HtmlText {

    private static final Set<String> SILENT = Set.of("head", "style", "script", "title");
    private static final Map<String, String> ENTITIES = Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ",
            "zwnj", "", "shy", "");
    /** These stand within words. */
    private static final Set<String> INLINE = Set.of("a", "b", "i", "u", "em", "strong", "span", "font", "small", "big", "sub", "sup", "tt", "code");
    private static final int LONGEST_ENTITY = 10;

    private final String html;
    private final StringBuilder text = new StringBuilder();
    private int at;

    private HtmlText(String html) {
        this.html = html;
    }

    static String of(String html) {
        HtmlText page = new HtmlText(html);
        while (page.at < html.length()) {
            switch (html.charAt(page.at)) {
                case '<' -> page.markup();
                case '&' -> page.entity();
                default -> page.text.append(html.charAt(page.at++));
            }
        }
        return page.text.toString();
    }

    private void markup() {
        if (html.startsWith("<!--", at)) {
            at = after("-->", at);
            return;
        }
        int end = at + 1;
        boolean closing = end < html.length() && html.charAt(end) == '/';
        int nameStart = closing ? end + 1 : end;
        int nameEnd = nameStart;
        while (nameEnd < html.length() && Character.isLetterOrDigit(html.charAt(nameEnd))) {
            nameEnd++;
        }
        if (nameEnd == nameStart && !html.startsWith("!", end) && !html.startsWith("?", end)) {
            // "a < b" is no tag.
            text.append('<');
            at++;
            return;
        }
        String name = html.substring(nameStart, nameEnd).toLowerCase(Locale.ROOT);
        at = after(">", nameEnd);
        if (!closing && SILENT.contains(name)) {
            at = silent(name);
        }
        if (!INLINE.contains(name)) {
            text.append(' ');
        }
    }

    /** Past the end of what is no text; a head that is not closed ends where the body begins. */
    private int silent(String name) {
        for (int i = html.indexOf('<', at); i >= 0; i = html.indexOf('<', i + 1)) {
            if (html.regionMatches(true, i + 1, "/" + name, 0, name.length() + 1)) {
                return after(">", i);
            }
            if (name.equals("head") && html.regionMatches(true, i + 1, "body", 0, 4)) {
                return i;
            }
        }
        return html.length();
    }

    private int after(String end, int from) {
        int found = html.indexOf(end, from);
        return found < 0 ? html.length() : found + end.length();
    }

    private void entity() {
        int end = html.indexOf(';', at, Math.min(html.length(), at + LONGEST_ENTITY));
        Optional<String> meaning = end < 0 ? Optional.empty() : meaning(html.substring(at + 1, end));
        text.append(meaning.orElse("&"));
        at = meaning.isPresent() ? end + 1 : at + 1;
    }

    private static Optional<String> meaning(String name) {
        return name.startsWith("#") ? character(name) : Optional.ofNullable(ENTITIES.get(name));
    }

    private static Optional<String> character(String name) {
        try {
            boolean hexadecimal = name.startsWith("#x") || name.startsWith("#X");
            int code = Integer.parseInt(name.substring(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
            return Character.isValidCodePoint(code) ? Optional.of(Character.toString(code)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
