package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.launcher.platform.DataFolder;

class LauncherLogTest {

    @TempDir
    Path root;

    @Test
    void aLineIsKept() throws IOException {
        DataFolder folder = new DataFolder(root);
        new LauncherLog(folder).accept("kafka died");
        assertTrue(Files.readString(folder.log("launcher")).endsWith(" kafka died\n"));
    }

    @Test
    void aLogThatCannotBeWrittenDoesNotEndItsWriter() throws IOException {
        DataFolder folder = new DataFolder(root);
        Files.createDirectories(folder.log("launcher"));
        new LauncherLog(folder).accept("kafka died");
    }
}
