package org.postel.trust.message;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names and values of a signature, a key or a policy: RFC 6376 §3.2. In the order in which they came; as everywhere before a hash, an
 * octet is a character (ISO 8859-1).
 */
public final class TagList {

    private final Map<String, String> tags = new LinkedHashMap<>();

    private TagList() {
    }

    /**
     * tag-list = tag-spec *( ";" tag-spec ) [ ";" ]
     *
     * @return empty when it is none, or a name stands twice
     */
    public static Optional<TagList> parse(String text) {
        TagList list = new TagList();
        for (int begin = 0; begin <= text.length(); begin = end(text, begin) + 1) {
            int end = end(text, begin);
            boolean good = isBlank(text, begin, end) ? end == text.length() : list.add(text, begin, end);
            if (!good) {
                return Optional.empty();
            }
        }
        return Optional.of(list);
    }

    /** As {@link #parse}, but leaves out what is no tag. */
    public static Optional<TagList> lenient(String text) {
        TagList list = new TagList();
        for (int begin = 0; begin <= text.length(); begin = end(text, begin) + 1) {
            int end = end(text, begin);
            if (isName(name(text, begin, end)) && !list.add(text, begin, end)) {
                return Optional.empty();
            }
        }
        return Optional.of(list);
    }

    // Of the tag-spec that begins there.
    private static int end(String text, int begin) {
        int semicolon = text.indexOf(';', begin);
        return semicolon < 0 ? text.length() : semicolon;
    }

    // tag-spec = [FWS] tag-name [FWS] "=" [FWS] tag-value [FWS]
    private boolean add(String text, int begin, int end) {
        String name = name(text, begin, end);
        return isName(name) && tags.put(name, stripped(text, text.indexOf('=', begin, end) + 1, end)) == null;
    }

    // Empty where there is no equals sign.
    private static String name(String text, int begin, int end) {
        int equals = text.indexOf('=', begin, end);
        return equals < 0 ? "" : stripped(text, begin, equals);
    }

    private static boolean isBlank(String text, int begin, int end) {
        return afterBlanks(text, begin, end) == end;
    }

    private static String stripped(String text, int begin, int end) {
        int first = afterBlanks(text, begin, end);
        int last = end;
        while (last > first && Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        return text.substring(first, last);
    }

    private static int afterBlanks(String text, int begin, int end) {
        int at = begin;
        while (at < end && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    // tag-name = ALPHA *ALNUMPUNC
    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!letter && (i == 0 || (c < '0' || c > '9') && c != '_')) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** The value of a tag, folds within it and all. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(tags.get(name));
    }

    /** The value of a tag without any white space: for base 64, lists of names and single words. */
    public Optional<String> compact(String name) {
        return get(name).map(TagList::withoutWhiteSpace);
    }

    private static String withoutWhiteSpace(String value) {
        byte[] octets = value.getBytes(StandardCharsets.ISO_8859_1);
        int count = 0;
        for (byte octet : octets) {
            if (octet != ' ' && octet != '\t' && octet != '\r' && octet != '\n') {
                octets[count++] = octet;
            }
        }
        return count == octets.length ? value : new String(octets, 0, count, StandardCharsets.ISO_8859_1);
    }

    /** The name of the first tag. */
    public Optional<String> first() {
        return tags.keySet().stream().findFirst();
    }
}
