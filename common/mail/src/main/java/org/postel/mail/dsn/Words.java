package org.postel.mail.dsn;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What we say in one language: {@code words_en.properties} and its translations. */
final class Words {

    private static final Map<Language, Words> ALL = Arrays.stream(Language.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), Words::new));

    private final Properties texts = new Properties();
    private final DateTimeFormatter date;

    private Words(Language language) {
        try (InputStream file = Words.class.getResourceAsStream("words_" + language.tag() + ".properties")) {
            texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        date = DateTimeFormatter.ofPattern(say("date"), language.locale()).withZone(ZoneOffset.UTC);
    }

    static Words in(Language language) {
        return ALL.get(language);
    }

    /** A text with what is to be filled in, which is clean. */
    String say(String key, Object... clean) {
        return find(key).orElseThrow(() -> new IllegalArgumentException("no words for " + key)).formatted(clean);
    }

    Optional<String> find(String key) {
        return Optional.ofNullable(texts.getProperty(key)).map(String::stripTrailing);
    }

    /** A moment as a person reads it. */
    String date(Instant instant) {
        return date.format(instant);
    }
}
