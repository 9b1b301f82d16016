package org.postel.manifests;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** How long a service may take from SIGTERM to its end. */
final class Drain {

    private static final Map<String, List<String>> LIMITS = Map.of(
            "smtp-gateway", List.of("postel.smtp.drain-timeout"),
            "imap-gateway", List.of("postel.imap.drain-spread", "postel.imap.drain-timeout"),
            "pop3-gateway", List.of("postel.pop3.drain-timeout"),
            "delivery-worker", List.of("postel.delivery.drain-timeout"),
            "mailbox-service", List.of("postel.mailbox.grpc.grace"));

    private Drain() {
    }

    /** Its own limits, as the base sets them or by default, and that of Quarkus for requests over HTTP. */
    static Duration of(String service) throws IOException {
        Duration needed = duration(settings(service).getProperty("quarkus.shutdown.timeout"));
        for (String property : LIMITS.get(service)) {
            needed = needed.plus(duration(ConfigurationTest.environment(service)
                    .getOrDefault(KnownProperties.variable(property), KnownProperties.defaults().get(property))));
        }
        return needed;
    }

    /** The service's application.properties. */
    static Properties settings(String service) throws IOException {
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(Manifests.file(service + "/src/main/resources/application.properties"))) {
            properties.load(file);
        }
        return properties;
    }

    private static Duration duration(String written) {
        return Duration.parse("PT" + written);
    }
}
