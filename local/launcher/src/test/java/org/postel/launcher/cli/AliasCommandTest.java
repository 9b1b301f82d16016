package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.launcher.UsageException;

/** {@code ./postel alias}. */
class AliasCommandTest {

    @TempDir
    Path root;

    @Test
    void aGroupIsChangedAsAWhole() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            AliasCommand command = new AliasCommand(admin.api);
            assertEquals("0\ncrew@example.test leads to ann@example.test, bob@example.org from now on.\n",
                    AdminOnLoopback.told(command, "change", "crew@example.test", "ann@example.test", "bob@example.org"));
            assertEquals(List.of("PUT /api/v1/aliases/crew%40example.test{\"targets\":[\"ann@example.test\",\"bob@example.org\"]}"), admin.asked);
            assertThrows(UsageException.class, () -> command.run(List.of("change", "crew@example.test")));
        }
    }
}
