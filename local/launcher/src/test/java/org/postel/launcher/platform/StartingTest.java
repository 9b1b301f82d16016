package org.postel.launcher.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.engines.Child;
import org.postel.engines.JavaProgram;
import org.postel.launcher.FailedException;

class StartingTest {

    @TempDir
    Path folder;

    @Test
    void nobodyIsStartedAfterTheEnd() {
        Child child = child();
        List<String> told = new ArrayList<>();
        Starting starting = new Starting(told::add);
        starting.giveUp();
        starting.await(List.of(starting.of(child)));
        assertFalse(child.isAlive());
        assertTrue(told.isEmpty());
    }

    /** Data of a backup that was not made ready is shown to nobody. */
    @Test
    void nobodyIsStartedAfterAStepThatFailed() {
        Child child = child();
        Starting starting = new Starting(line -> { });
        FailedException refused = new FailedException("Refused");
        CompletableFuture<Void> step = starting.then(CompletableFuture.completedFuture(null), () -> {
            throw refused;
        });
        List<CompletableFuture<Void>> all = List.of(starting.after(step, child));
        assertSame(refused, assertThrows(FailedException.class, () -> starting.await(all)));
        assertFalse(Files.exists(child.log()), "never launched");
    }

    @Test
    void noStepIsTakenAfterTheEnd() {
        Starting starting = new Starting(line -> { });
        starting.giveUp();
        List<String> done = new ArrayList<>();
        starting.await(List.of(starting.then(CompletableFuture.completedFuture(null), () -> done.add("step"))));
        assertEquals(List.of(), done);
    }

    private Child child() {
        return new Child("late", new JavaProgram("None", List.of(), List.of(), List.of(), Map.of(), folder), folder.resolve("late.log"), () -> true);
    }
}
