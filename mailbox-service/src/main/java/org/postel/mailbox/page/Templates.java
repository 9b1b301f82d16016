package org.postel.mailbox.page;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The templates of the pages and the texts in them, read once from {@code /page} of the class path. Safe for several threads. */
final class Templates {

    private static final String FOLDER = "/page/";
    /** What other templates include. */
    private static final List<String> PARTS = List.of("layout.html", "token.html", "wrong.html", "wrongs.html", "tabs.html", "mail-rows.html", "vacation-fields.html");

    private static final List<String> TEXTS = List.of("texts", "console");

    private final Engine engine;
    private final Map<Language, Map<String, String>> texts = new EnumMap<>(Language.class);

    Templates() {
        Variant html = Variant.forContentType(Variant.TEXT_HTML);
        this.engine = Engine.builder().addDefaults().addValueResolver(new ReflectionValueResolver())
                .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML))).strictRendering(true).build();
        for (String part : PARTS) {
            engine.putTemplate(part, engine.parse(resource(part), html, part));
        }
        for (Language language : Language.values()) {
            texts.put(language, read(language));
        }
    }

    /** A template of that name, with the layout around it. */
    Template of(String name) {
        return engine.parse(resource(name), Variant.forContentType(Variant.TEXT_HTML), name);
    }

    /** All texts by their names. */
    Map<String, String> texts(Language language) {
        return texts.get(language);
    }

    /** A file of the pages as it is. */
    static String resource(String name) {
        try (InputStream octets = Templates.class.getResourceAsStream(FOLDER + name)) {
            return new String(octets.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> read(Language language) {
        Properties properties = new Properties();
        for (String file : TEXTS) {
            try (InputStream octets = Templates.class.getResourceAsStream(FOLDER + file + "_" + language.tag() + ".properties")) {
                properties.load(new InputStreamReader(octets, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Map<String, String> texts = new HashMap<>();
        properties.forEach((name, text) -> texts.put((String) name, (String) text));
        return Collections.unmodifiableMap(texts);
    }
}
