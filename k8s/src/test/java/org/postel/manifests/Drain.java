package org.postel.manifests;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/** How long a service may take from SIGTERM to its end. */
final class Drain {

    private static final Map<String, String> LIMITS = Map.of(
            "smtp-gateway", "postel.smtp.drain-timeout", "imap-gateway", "postel.imap.drain-timeout", "pop3-gateway", "postel.pop3.drain-timeout",
            "delivery-worker", "postel.delivery.drain-timeout", "mailbox-service", "postel.mailbox.grpc.grace");

    private Drain() {
    }

    /** Its own limit, as the base sets it or by default, and that of Quarkus for requests over HTTP. */
    static Duration of(String service) throws IOException {
        String property = LIMITS.get(service);
        String own = ConfigurationTest.environment(service).getOrDefault(KnownProperties.variable(property), KnownProperties.defaults().get(property));
        return duration(own).plus(duration(settings(service).getProperty("quarkus.shutdown.timeout")));
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
