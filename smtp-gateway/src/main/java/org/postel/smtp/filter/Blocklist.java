package org.postel.smtp.filter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list of addresses in DNS: RFC 5782. Written {@code zone} or {@code zone=weight}.
 *
 * @param zone   its domain
 * @param weight what it adds for an address it lists; less than nothing for a list of good ones
 */
public record Blocklist(String zone, int weight) {

    private static final Pattern WRITTEN = Pattern.compile("([A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)+)(?:=(-?\\d{1,4}))?");

    /**
     * Reads one. Configuration finds this method by its name.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Blocklist parse(CharSequence text) {
        Matcher parts = WRITTEN.matcher(text.toString().strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("no blocklist: " + text);
        }
        return new Blocklist(parts.group(1), parts.group(2) == null ? 1 : Integer.parseInt(parts.group(2)));
    }
}
