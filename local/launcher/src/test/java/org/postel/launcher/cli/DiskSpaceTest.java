package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.postel.launcher.FailedException;

class DiskSpaceTest {

    private static final Path FOLDER = Path.of("/data/.postel");

    @Test
    void aFullDiskIsToldWithWhatIsNeeded() {
        FailedException full = assertThrows(FailedException.class, () -> new DiskSpace(FOLDER, 60).require(400));
        assertEquals("The disk is full: /data/.postel has 60 MB free, Postel needs 400 MB.", full.getMessage());
    }

    @Test
    void enoughIsEnough() {
        new DiskSpace(FOLDER, 400).require(400);
    }
}
