package org.postel.endtoend;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import org.postel.engines.Child;

/** Kills processes with SIGKILL, one after the other at random moments, and starts each again. The seed is printed. */
final class Chaos {

    private static final int LONGEST_LIFE_MILLIS = 2_500;
    private static final int LONGEST_DEATH_MILLIS = 1_500;

    private final RunningPlatform platform;
    private final Random random;

    Chaos(RunningPlatform platform) {
        this.platform = platform;
        long seed = Long.getLong("postel.test.seed", System.nanoTime());
        this.random = new Random(seed);
        System.out.println("Chaos with -Dpostel.test.seed=" + seed);
    }

    /** A generator that depends on the seed. */
    Random random() {
        return random;
    }

    /** Returns when each has died once and serves again. */
    void killEachOf(List<Child> children) throws IOException {
        List<Child> victims = new ArrayList<>(children);
        Collections.shuffle(victims, random);
        for (Child victim : victims) {
            pause(random.nextInt(LONGEST_LIFE_MILLIS));
            System.out.println("kill -9 " + victim.name());
            victim.kill();
            pause(random.nextInt(LONGEST_DEATH_MILLIS));
            platform.killAndStart(victim);
        }
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
