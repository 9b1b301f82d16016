package org.postel.launcher.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.launcher.FailedException;

class OperatorSettingsTest {

    @TempDir
    Path folder;

    @Test
    void theLaterFileWins() throws IOException {
        Path first = Files.writeString(folder.resolve("first"), "a=1\nb=1\n");
        Path second = Files.writeString(folder.resolve("second"), "b=2\n");
        assertEquals(Map.of("a", "1", "b", "2"),
                OperatorSettings.read(List.of(first, second, folder.resolve("missing"))));
    }

    @Test
    void aMalformedFileIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("postel.properties"), "a=\\u12\n");
        FailedException refused = assertThrows(FailedException.class, () -> OperatorSettings.read(List.of(file)));
        assertEquals(file + " is not a file of properties: Malformed \\uxxxx encoding.", refused.getMessage());
    }
}
