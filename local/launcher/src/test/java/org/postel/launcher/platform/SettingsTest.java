package org.postel.launcher.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class SettingsTest {

    private static final DataFolder FOLDER = new DataFolder(Path.of("/data/.postel"));

    @Test
    void theOperatorsWordWins() {
        Settings settings = new Settings(FOLDER, List.of(Ports.usual()), Map.of("postel.smtp.mx-port", "25"));
        assertEquals("25", settings.of(ServiceName.SMTP_GATEWAY, Ports.usual()).get("postel.smtp.mx-port"));
    }

    @Test
    void aServiceIsNotToldWhatBelongsToAnother() {
        Settings settings = new Settings(FOLDER, List.of(Ports.usual()), Map.of("postel.smtp.max-hops", "9", "postel.tls.reload-interval", "1s"));
        assertFalse(settings.of(ServiceName.IMAP_GATEWAY, Ports.usual()).containsKey("postel.smtp.max-hops"));
        assertFalse(settings.of(ServiceName.MAILBOX_SERVICE, Ports.usual()).containsKey("postel.tls.reload-interval"));
        assertEquals("1s", settings.of(ServiceName.POP3_GATEWAY, Ports.usual()).get("postel.tls.reload-interval"));
    }

    @Test
    void whatIsSharedGoesToAll() {
        Settings settings = new Settings(FOLDER, List.of(Ports.usual()), Map.of("postel.mailbox-client.deadline", "3s", "quarkus.log.level", "DEBUG"));
        for (ServiceName service : ServiceName.values()) {
            assertEquals("3s", settings.of(service, Ports.usual()).get("postel.mailbox-client.deadline"), service.folder());
            assertEquals("DEBUG", settings.of(service, Ports.usual()).get("quarkus.log.level"), service.folder());
        }
    }

    @Test
    void aSecondProcessListensElsewhereAndKnowsBothStores() {
        Layout layout = Layout.usual(Scale.of("imap-gateway=2,mailbox-service=2"));
        Settings settings = new Settings(FOLDER, layout.of(ServiceName.MAILBOX_SERVICE), Map.of());
        Map<String, String> gateway = settings.of(ServiceName.IMAP_GATEWAY, layout.of(ServiceName.IMAP_GATEWAY).getLast());
        assertEquals("2243", gateway.get("postel.imap.imap-port"));
        assertEquals("9182", gateway.get("quarkus.management.port"));
        assertEquals("127.0.0.1:9090,127.0.0.1:9190", gateway.get("postel.mailbox-client.addresses"));
        Map<String, String> store = settings.of(ServiceName.MAILBOX_SERVICE, layout.of(ServiceName.MAILBOX_SERVICE).getLast());
        assertEquals("9190", store.get("postel.mailbox.grpc.port"));
        assertEquals("127.0.0.1:9042", store.get("postel.mailbox.cassandra.contact-points"));
    }
}
