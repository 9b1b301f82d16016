package org.postel.mailbox.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The languages of the pages. */
public enum Language {
    ENGLISH("en"),
    FRENCH("fr");

    private static final int LONGEST_WISH = 500;

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    /** RFC 5646. */
    public String tag() {
        return tag;
    }

    /** The one of that tag. */
    static Optional<Language> of(String tag) {
        return Arrays.stream(values()).filter(language -> language.tag.equals(tag)).findFirst();
    }

    /**
     * What a browser likes best of these; English when it says nothing of them, or nothing that can be read.
     *
     * @param wish Accept-Language of RFC 9110 §12.5.4, or null
     */
    static Language wanted(String wish) {
        if (wish == null || wish.length() > LONGEST_WISH) {
            return ENGLISH;
        }
        try {
            List<String> tags = Arrays.stream(values()).map(Language::tag).toList();
            return Optional.ofNullable(Locale.lookupTag(Locale.LanguageRange.parse(wish), tags)).flatMap(Language::of).orElse(ENGLISH);
        } catch (IllegalArgumentException e) {
            return ENGLISH;
        }
    }
}
