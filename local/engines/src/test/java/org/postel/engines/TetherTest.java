package org.postel.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TetherTest {

    @TempDir
    Path folder;

    @Test
    void aChildEndsWhenItsParentIsKilled() throws IOException, InterruptedException {
        Process parent = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), ParentProgram.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        ProcessHandle child;
        try (BufferedReader said = parent.inputReader()) {
            child = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
        }
        parent.destroyForcibly();
        child.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        assertFalse(child.isAlive());
    }

    @Test
    void aChildGetsItsArgumentsAndItsExitCodeIsTold() throws IOException {
        JavaProgram program = new JavaProgram(ExitProgram.class.getName(), List.of(Path.of(ownClasses())), List.of(),
                List.of("7"), Map.of(), folder);
        Child child = new Child("seven", program, folder.resolve("logs/seven.log"), () -> false);
        child.launch();
        assertEquals(7, child.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }

    @Test
    void aChildThatEndsAtStartIsNamedWithTheEndOfItsLog() throws IOException {
        JavaProgram program = new JavaProgram(ExitProgram.class.getName(), List.of(Path.of(ownClasses())), List.of(),
                List.of("3"), Map.of(), folder);
        Child child = new Child("three", program, folder.resolve("three.log"), () -> false);
        ChildFailedException failed = assertThrows(ChildFailedException.class,
                () -> child.start(Duration.ofSeconds(30)));
        assertEquals("three ended with exit code 3 while it started: leaving with 3. Its log is "
                + folder.resolve("three.log"), failed.getMessage());
    }

    @Test
    void theWordsOfAnEarlierLifeAreNotToldAgain() throws IOException {
        Path log = Files.writeString(folder.resolve("three.log"), "ERROR Main The earlier life\n");
        JavaProgram program = new JavaProgram(ExitProgram.class.getName(), List.of(Path.of(ownClasses())), List.of(),
                List.of("3"), Map.of(), folder);
        Child child = new Child("three", program, log, () -> false);
        assertThrows(ChildFailedException.class, () -> child.start(Duration.ofSeconds(30)));
        assertEquals(Optional.of("leaving with 3"), child.lastWords());
    }

    @Test
    void aStoppedChildEndsItsWorkFirst() throws IOException {
        Path log = folder.resolve("careful.log");
        JavaProgram program = new JavaProgram(CarefulProgram.class.getName(), List.of(Path.of(ownClasses())), List.of(),
                List.of(), Map.of(), folder);
        Child child = new Child("careful", program, log, () -> Files.readString(log).contains("working"));
        child.start(Duration.ofSeconds(30));
        child.stop(Duration.ofSeconds(30));
        assertEquals("working\nwork is done\n", Files.readString(log));
    }

    private static String ownClasses() {
        return Path.of("target/test-classes").toAbsolutePath().toString();
    }

    /** Starts a child that never ends by itself, and says its process id. */
    public static final class ParentProgram {

        private ParentProgram() {
        }

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Path folder = Path.of(arguments[0]);
            JavaProgram program = new JavaProgram(EndlessProgram.class.getName(), List.of(Path.of(ownClasses())),
                    List.of(), List.of(), Map.of(), folder);
            Child child = new Child("endless", program, folder.resolve("endless.log"), () -> false);
            child.launch();
            System.out.println(child.pid());
            Thread.currentThread().join();
        }
    }

    /** Waits for ever. */
    public static final class EndlessProgram {

        private EndlessProgram() {
        }

        public static void main(String[] arguments) throws InterruptedException {
            Thread.currentThread().join();
        }
    }

    /** Needs a moment at its end, longer than the tether needs to see a closed pipe. */
    public static final class CarefulProgram {

        private static final long WORK_NANOS = Duration.ofMillis(500).toNanos();

        private CarefulProgram() {
        }

        public static void main(String[] arguments) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                long end = System.nanoTime() + WORK_NANOS;
                while (System.nanoTime() < end) {
                    LockSupport.parkNanos(end - System.nanoTime());
                }
                System.out.println("work is done");
            }));
            System.out.println("working");
            Thread.currentThread().join();
        }
    }

    /** Ends with the code it is given. */
    public static final class ExitProgram {

        private ExitProgram() {
        }

        public static void main(String[] arguments) {
            System.out.println("leaving with " + arguments[0]);
            System.exit(Integer.parseInt(arguments[0]));
        }
    }
}
