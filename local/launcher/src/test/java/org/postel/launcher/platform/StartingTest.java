package org.postel.launcher.platform;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.engines.Child;
import org.postel.engines.JavaProgram;

class StartingTest {

    @TempDir
    Path folder;

    @Test
    void nobodyIsStartedAfterTheEnd() {
        Child child = new Child("late", new JavaProgram("None", List.of(), List.of(), List.of(), Map.of(), folder),
                folder.resolve("late.log"), () -> true);
        List<String> told = new ArrayList<>();
        Starting starting = new Starting(told::add);
        starting.giveUp();
        starting.await(List.of(starting.of(child)));
        assertFalse(child.isAlive());
        assertTrue(told.isEmpty());
    }
}
