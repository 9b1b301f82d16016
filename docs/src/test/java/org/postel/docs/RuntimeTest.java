package org.postel.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** SAFETY row 40: what Java brings and a server must leave alone. */
class RuntimeTest {

    private static final Repository REPOSITORY = Repository.here();
    /** What makes objects of octets; and XML that may name files and hosts. */
    private static final Pattern READS_ANYTHING = Pattern.compile(
        "\\b(ObjectInputStream|Externalizable|XMLDecoder|SerializationUtils|DocumentBuilderFactory|SAXParserFactory|XMLReaderFactory|JAXBContext|XmlMapper|TransformerFactory)\\b");
    private static final Pattern READS_XML = Pattern.compile("\\bXMLInputFactory\\b");
    private static final Pattern MANAGED_FROM_AFAR = Pattern.compile("jmxremote|JMXConnectorServer|LocateRegistry");
    /** Where options of a JVM stand. */
    private static final List<String> STARTS = List.of("Dockerfile", "postel", "smtp-gateway/src/main/resources/application.properties",
        "imap-gateway/src/main/resources/application.properties", "pop3-gateway/src/main/resources/application.properties",
        "delivery-worker/src/main/resources/application.properties", "mailbox-service/src/main/resources/application.properties");

    @Test
    void noObjectIsMadeOfOctetsAndXmlIsReadInOnePlace() {
        assertEquals(Set.of(), sourcesWith(READS_ANYTHING));
        assertEquals(Set.of("OutlookConfig.java"), sourcesWith(READS_XML), "readers of XML");
    }

    @Test
    void nothingListensForJmx() {
        assertEquals(Set.of(), sourcesWith(MANAGED_FROM_AFAR));
        STARTS.forEach(file -> assertEquals(false, MANAGED_FROM_AFAR.matcher(REPOSITORY.text(file)).find(), file));
        assertEquals(Set.of(), names(REPOSITORY.manifests(), MANAGED_FROM_AFAR));
    }

    private static Set<String> sourcesWith(Pattern pattern) {
        return names(REPOSITORY.mainSources(), pattern);
    }

    private static Set<String> names(List<Path> files, Pattern pattern) {
        Set<String> names = new TreeSet<>();
        files.stream().filter(file -> pattern.matcher(Repository.read(file)).find()).forEach(file -> names.add(file.getFileName().toString()));
        return names;
    }
}
