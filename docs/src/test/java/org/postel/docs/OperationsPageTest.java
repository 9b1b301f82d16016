package org.postel.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/operations.md lists every property. With the environment variable POSTEL_DOCS_WRITE set, it writes the table anew.
 */
class OperationsPageTest {

    private static final String BEGIN = "<!-- properties: begin -->\n";
    private static final String END = "<!-- properties: end -->";
    private static final Repository REPOSITORY = Repository.here();

    private final TreeSet<ConfigurationProperty> properties = ConfigurationReader.properties(REPOSITORY.mainSources());

    @Test
    void everyPropertyIsListedWithItsDefaultAndMeaning() throws IOException {
        String page = REPOSITORY.text("docs/operations.md");
        String table = "| Property | Service | Type | Default | Meaning |\n|---|---|---|---|---|\n"
                + properties.stream().map(ConfigurationProperty::row).collect(Collectors.joining("\n")) + "\n";
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertTrue(begin >= BEGIN.length() && end >= begin, "docs/operations.md has lost the marks of its table");
        if (System.getenv("POSTEL_DOCS_WRITE") != null) {
            Files.writeString(REPOSITORY.file("docs/operations.md"), page.substring(0, begin) + table + page.substring(end));
            return;
        }
        assertEquals(table, page.substring(begin, end),
                "write the table anew: POSTEL_DOCS_WRITE=1 mvn -pl docs test -Dtest=OperationsPageTest");
    }

    @Test
    void everyPropertyHasAMeaning() {
        String silent = properties.stream().filter(property -> property.meaning().isEmpty())
                .map(ConfigurationProperty::name).collect(Collectors.joining(", "));
        assertEquals("", silent, "properties without Javadoc");
        assertFalse(properties.isEmpty(), "no @ConfigMapping was found at all");
    }
}
