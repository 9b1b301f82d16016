package org.postel.launcher.platform;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

class ServiceNameTest {

    @Test
    void onlyTheOneThatHoldsIdleClientsGivesItsFreeHeapBack() {
        for (ServiceName service : ServiceName.values()) {
            List<String> options = service.heapOptions();
            assertTrue(options.stream().anyMatch(option -> option.startsWith("-Xmx")), service.folder());
            boolean idle = service == ServiceName.IMAP_GATEWAY;
            assertFalse(idle ^ options.stream().anyMatch(option -> option.startsWith("-XX:MaxHeapFreeRatio=")), service.folder());
        }
        assertTrue(ServiceName.IMAP_GATEWAY.heapOptions().contains("-Xmx768m"));
    }

    // No less than 460 MiB, with which smtp-gateway's test of its memory runs.
    @Test
    void theSmtpGatewayHasTheHeapItWasTriedWith() {
        assertTrue(ServiceName.SMTP_GATEWAY.heapOptions().contains("-Xmx512m"));
    }
}
