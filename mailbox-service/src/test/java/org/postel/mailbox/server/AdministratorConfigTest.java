package org.postel.mailbox.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.audit.CassandraAuditLog;

class AdministratorConfigTest {

    private static final String ADDRESS = "postel.mailbox.first-administrator.address";
    private static final String FILE = "postel.mailbox.first-administrator.password-file";

    @Test
    void withoutConfigurationNobodyIsMadeAndActsAreKept() {
        assertEquals(Optional.empty(), config(Map.of()).getConfigMapping(FirstAdministratorConfig.class).wanted());
        assertEquals(Duration.ofDays(400), config(Map.of()).getConfigMapping(AuditConfig.class).kept());
    }

    @Test
    void whatIsSetIsTaken() {
        SmallRyeConfig config = config(Map.of(ADDRESS, "admin@example.test", FILE, "/run/secrets/admin", "postel.mailbox.audit.kept", "30d"));
        assertTrue(config.getConfigMapping(FirstAdministratorConfig.class).wanted().isPresent());
        assertEquals(Duration.ofDays(30), config.getConfigMapping(AuditConfig.class).kept());
    }

    /** There is no default password. */
    @Test
    void oneWithoutTheOtherIsRefused() {
        for (Map<String, String> half : List.of(Map.of(ADDRESS, "admin@example.test"), Map.of(FILE, "/run/secrets/admin"))) {
            assertThrows(IllegalArgumentException.class, () -> config(half).getConfigMapping(FirstAdministratorConfig.class).wanted());
        }
        Duration tooShort = config(Map.of("postel.mailbox.audit.kept", "1h")).getConfigMapping(AuditConfig.class).kept();
        assertThrows(IllegalArgumentException.class, () -> new CassandraAuditLog(null, tooShort));
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(FirstAdministratorConfig.class).withMapping(AuditConfig.class)
                .withDefaultValues(values).build();
    }
}
