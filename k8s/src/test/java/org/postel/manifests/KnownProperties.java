package org.postel.manifests;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The services' properties, as docs/operations.md lists them, which is held against the code. */
final class KnownProperties {

    /** Quarkus's own that the manifests set. */
    static final Set<String> QUARKUS = Set.of("QUARKUS_HTTP_HOST", "QUARKUS_MANAGEMENT_HOST");

    /** Read by the java command, before its arguments. */
    private static final String JAVA = "JDK_JAVA_OPTIONS";

    private static final Pattern ROW = Pattern.compile("\\| `(postel\\.[^`]+)` \\| [^|]* \\| [^|]* \\| `?([^|`]*)`? \\|.*");

    private KnownProperties() {
    }

    /** Each property with its default. */
    static Map<String, String> defaults() throws IOException {
        return Files.readAllLines(Manifests.file("docs/operations.md")).stream().map(ROW::matcher).filter(Matcher::matches)
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2), (first, second) -> first));
    }

    /** The names of all as environment variables, Quarkus's and that of Java's options. */
    static Set<String> variables() throws IOException {
        return Stream.concat(defaults().keySet().stream().map(KnownProperties::variable), Stream.concat(QUARKUS.stream(), Stream.of(JAVA)))
                .collect(Collectors.toSet());
    }

    /** MicroProfile Config's rule for environment variables. */
    static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
