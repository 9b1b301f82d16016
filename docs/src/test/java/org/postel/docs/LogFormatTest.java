package org.postel.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SAFETY row 39: a line of the log is a JSON object, so what a peer sent begins no line of its own in it. */
class LogFormatTest {

    @ParameterizedTest
    @ValueSource(strings = {"smtp-gateway", "imap-gateway", "pop3-gateway", "delivery-worker", "mailbox-service"})
    void everyServiceLogsJson(String service) {
        assertTrue(Repository.here().text(service + "/src/main/resources/application.properties").lines().anyMatch("quarkus.log.console.json.enabled=true"::equals), service);
    }
}
