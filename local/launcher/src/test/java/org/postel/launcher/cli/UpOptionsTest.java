package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.postel.launcher.UsageException;
import org.postel.launcher.platform.Scale;
import org.postel.launcher.platform.ServiceName;

class UpOptionsTest {

    @Test
    void oneOfEachRunsUnlessSomebodyWantsMore() {
        assertEquals(Scale.ONE_OF_EACH, UpOptions.of(List.of("--ready-file", "ready")).scale());
        UpOptions options = UpOptions.of(List.of("--ready-file", "ready", "--scale", "pop3-gateway=3"));
        assertEquals(3, options.scale().of(ServiceName.POP3_GATEWAY));
    }

    @Test
    void dataIsThatOfABackupWhenSomebodySaysSo() {
        assertFalse(UpOptions.of(List.of("--parent", "1")).restored());
        UpOptions options = UpOptions.of(List.of("--restored", "--parent", "1", "--scale", "pop3-gateway=3"));
        assertTrue(options.restored());
        assertEquals(3, options.scale().of(ServiceName.POP3_GATEWAY));
    }

    @Test
    void anythingElseIsUsage() {
        assertThrows(UsageException.class, () -> UpOptions.of(List.of()));
        assertThrows(UsageException.class, () -> UpOptions.of(List.of("--scale", "pop3-gateway=3")));
        assertThrows(UsageException.class, () -> UpOptions.of(List.of("--ready-file", "ready", "--scale")));
        assertThrows(UsageException.class, () -> UpOptions.of(List.of("--ready-file", "ready", "--fast", "yes")));
    }
}
