package org.postel.launcher.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {

    @TempDir
    Path folder;

    @Test
    void onlyOneHoldsIt() throws IOException {
        DataFolder data = new DataFolder(folder);
        assertFalse(RunLock.isHeld(data));
        try (RunLock held = RunLock.take(data).orElseThrow()) {
            assertTrue(RunLock.take(data).isEmpty());
            assertTrue(RunLock.isHeld(data));
        }
        assertFalse(RunLock.isHeld(data));
    }

    @Test
    void aLookDoesNotTakeItFromWhoStarts() throws Exception {
        DataFolder data = new DataFolder(folder);
        RunLock looking = RunLock.take(data).orElseThrow();
        CompletableFuture<Optional<RunLock>> starting = new CompletableFuture<>();
        Thread taker = Thread.ofPlatform().start(() -> {
            try {
                starting.complete(RunLock.take(data));
            } catch (IOException failed) {
                starting.completeExceptionally(failed);
            }
        });
        while (taker.getState() != Thread.State.TIMED_WAITING && !starting.isDone()) {
            Thread.onSpinWait();
        }
        looking.close();
        starting.get(30, TimeUnit.SECONDS).orElseThrow().close();
    }

    @Test
    void theStateIsReadAsItWasWritten() throws IOException {
        DataFolder data = new DataFolder(folder);
        assertEquals(Optional.empty(), RunState.read(data));
        RunState state = new RunState(7, true, List.of(new ProcessState("kafka", 8, List.of(9092), 1, "exit code 137 at 12:00", "")));
        state.write(data);
        assertEquals(Optional.of(state), RunState.read(data));
    }
}
