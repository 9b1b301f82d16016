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
        String[] specs = text.split(";", -1);
        for (int i = 0; i < specs.length; i++) {
            boolean blank = specs[i].isBlank();
            if (blank && i < specs.length - 1 || !blank && !list.add(specs[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(list);
    }

    /** As {@link #parse}, but leaves out what is no tag. */
    public static Optional<TagList> lenient(String text) {
        TagList list = new TagList();
        for (String spec : text.split(";")) {
            int equals = spec.indexOf('=');
            String name = equals < 0 ? "" : spec.substring(0, equals).strip();
            if (isName(name) && !list.add(spec)) {
                return Optional.empty();
            }
        }
        return Optional.of(list);
    }

    // tag-spec = [FWS] tag-name [FWS] "=" [FWS] tag-value [FWS]
    private boolean add(String spec) {
        int equals = spec.indexOf('=');
        String name = equals < 0 ? "" : spec.substring(0, equals).strip();
        return isName(name) && tags.put(name, spec.substring(equals + 1).strip()) == null;
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
