package org.postel.mail.dsn;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.postel.mail.mime.HeaderSection;
import org.postel.mail.mime.RawField;

/** A language in which a sender can be told. */
enum Language {
    ENGLISH(Locale.ENGLISH),
    FRENCH(Locale.FRENCH);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    Locale locale() {
        return locale;
    }

    /** Its tag: RFC 5646 §2.1. */
    String tag() {
        return locale.getLanguage();
    }

    /** The first one that we know among those the original says it is written in (RFC 3282 §2); English otherwise. */
    static Language of(HeaderSection original) {
        String tags = original.first("Content-Language").map(RawField::value).map(Object::toString).orElse("");
        return Arrays.stream(tags.replaceAll("\\([^)]*\\)", "").split(",")).map(Language::ofTag).flatMap(Optional::stream)
                .findFirst().orElse(ENGLISH);
    }

    // Language-Tag = primary-tag *( "-" subtag )
    private static Optional<Language> ofTag(String tag) {
        String primary = tag.strip().split("-", 2)[0];
        return Arrays.stream(values()).filter(language -> language.tag().equalsIgnoreCase(primary)).findFirst();
    }
}
