package org.postel.mailbox.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages are made of: texts and templates. */
class TextsTest {

    private static final Path TEMPLATES = Path.of("src/main/resources/page");
    private static final Path CODE = Path.of("src/main/java");

    private final Templates templates = new Templates();

    @Test
    void eachTextIsThereInBothLanguages() {
        Map<String, String> french = templates.texts(Language.FRENCH);
        assertEquals(new TreeSet<>(templates.texts(Language.ENGLISH).keySet()), new TreeSet<>(french.keySet()));
        french.forEach((name, text) -> assertFalse(text.isBlank(), name));
    }

    /** By a template, or by a name in the code. */
    @Test
    void eachTextIsUsed() throws IOException {
        String all = Stream.of(files(TEMPLATES, ".html"), files(CODE, ".java")).flatMap(List::stream).map(TextsTest::read).collect(Collectors.joining());
        Set<String> used = Pattern.compile("\\{t\\.(\\w+)\\}|[\"']([\\w-]+)[\"']").matcher(all).results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1)).collect(Collectors.toSet());
        assertEquals(List.of(), templates.texts(Language.ENGLISH).keySet().stream().filter(name -> !used.contains(name) && !composed(name, used)).sorted().toList());
    }

    /** Of a kind and a value: "test-" + test. */
    private static boolean composed(String name, Set<String> used) {
        int dash = name.indexOf('-') + 1;
        return dash > 0 && used.contains(name.substring(0, dash)) && used.contains(name.substring(dash));
    }

    /** The Content-Security-Policy would forbid it. SAFETY row 39. */
    @ParameterizedTest
    @MethodSource("templates")
    void noTemplateHasInlineScriptOrStyle(Path template) {
        String html = read(template);
        for (String inline : List.of("<style", " style=", "<script>", " onclick=", " onsubmit=", " onchange=", "javascript:", "http:", "https:")) {
            assertFalse(html.contains(inline), inline);
        }
    }

    /** Each form is sent with POST, and carries the token of the session; but the sign-in, before which there is none. SAFETY row 39. */
    @ParameterizedTest
    @MethodSource("templates")
    void eachFormCarriesTheToken(Path template) {
        Pattern.compile("<form ([^>]*)>\\s*(.*?)</form>", Pattern.DOTALL).matcher(read(template)).results().forEach(form -> {
            assertTrue(form.group(1).contains("method=\"post\""), form::group);
            assertTrue(form.group(1).matches("(?s)id=\"[a-z-]+.*"), form::group);
            assertTrue(form.group(2).contains("{#include token.html /}") || form.group(1).contains("action=\"/sign-in\""), form::group);
        });
    }

    static List<Path> templates() throws IOException {
        return files(TEMPLATES, ".html");
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
