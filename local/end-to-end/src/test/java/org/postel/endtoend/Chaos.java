package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.postel.engines.Child;
import org.postel.launcher.platform.Platform;

/** Does harm to processes at random moments and makes it good again. The seed is printed. */
final class Chaos {

    private static final int LONGEST_LIFE_MILLIS = 2_500;
    /** The exit code that SIGKILL leaves. */
    private static final int KILLED = 128 + 9;

    private final Random random;
    private Set<Child> off = Set.of();

    Chaos() {
        long seed = Long.getLong("postel.test.seed", System.nanoTime());
        this.random = new Random(seed);
        System.out.println("Chaos with -Dpostel.test.seed=" + seed);
    }

    /** A generator that depends on the seed. */
    Random random() {
        return random;
    }

    /** SIGKILL at a random moment, of several at a moment for each; at the end of the fault they are started, and serve again. */
    Fault kill(Child... victims) {
        for (Child victim : victims) {
            pause(random.nextInt(LONGEST_LIFE_MILLIS));
            System.out.println("kill -9 " + victim.name());
            victim.kill();
        }
        return () -> start(victims);
    }

    /**
     * SIGTERM to all in the same moment, and they end as they are meant to; at the end of the fault they are started, and serve again.
     *
     * @throws AssertionError when one had not ended within its grace
     */
    Fault terminate(Child... leaving) {
        Stream.of(leaving).parallel().forEach(child -> {
            System.out.println("kill -TERM " + child.name());
            child.stop(Platform.STOP_GRACE);
        });
        for (Child child : leaving) {
            assertNotEquals(KILLED, child.onExit().join(), () -> child.name() + " had not ended after " + Platform.STOP_GRACE);
        }
        return () -> start(leaving);
    }

    private static void start(Child... children) throws IOException {
        for (Child child : children) {
            child.launch();
        }
        for (Child child : children) {
            child.awaitReady(Platform.START_LIMIT);
        }
    }

    /**
     * SIGSTOP at a random moment, SIGCONT at the end of the fault: its connections stay open meanwhile and nobody answers, as on a
     * host that swaps or has lost its disk.
     */
    Fault stop(Child victim) throws IOException {
        pause(random.nextInt(LONGEST_LIFE_MILLIS));
        System.out.println("kill -STOP " + victim.name());
        run("kill", "-STOP", Long.toString(victim.pid()));
        return () -> run("kill", "-CONT", Long.toString(victim.pid()));
    }

    /**
     * From a random moment on no file of it may be written. This is the limit of the size of files (setrlimit(2)), which takes no
     * mount and no rights: EFBIG where a full disk says ENOSPC.
     */
    void fillDisk(Child victim) throws IOException {
        pause(random.nextInt(LONGEST_LIFE_MILLIS));
        System.out.println("no more disk for " + victim.name());
        run("prlimit", "--pid", Long.toString(victim.pid()), "--fsize=0:");
    }

    /** Those whose disks were full are killed and started, with room again. */
    void emptyDisks(Child... victims) throws IOException {
        for (Child victim : victims) {
            victim.kill();
        }
        start(victims);
    }

    /**
     * From their next start on, which is now, the clocks of services are off; who was off before and is not named is started too,
     * and right again.
     *
     * @param by how much they are ahead; negative when they are behind
     */
    void setClocks(Map<Child, Duration> by) throws IOException {
        pause(random.nextInt(LONGEST_LIFE_MILLIS));
        System.out.println("clocks off: " + by.entrySet().stream().map(off -> off.getKey().name() + " " + off.getValue()).toList());
        Set<Child> victims = new HashSet<>(by.keySet());
        victims.addAll(off);
        terminate(victims.toArray(Child[]::new));
        for (Child victim : victims) {
            victim.launch(by.containsKey(victim) ? ShiftedClock.environment(by.get(victim)) : Map.of());
        }
        victims.forEach(victim -> victim.awaitReady(Platform.START_LIMIT));
        off = Set.copyOf(by.keySet());
    }

    /** Whether this machine has what {@link #fillDisk} needs: Linux with util-linux. */
    static boolean canFillDisks() {
        try {
            run("prlimit", "--version");
            return true;
        } catch (IOException missing) {
            return false;
        }
    }

    /** Harm that is done until it is closed. */
    @FunctionalInterface
    interface Fault extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    private static void run(String... command) throws IOException {
        try {
            int exit = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start().waitFor();
            if (exit != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + exit);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
