package org.postel.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** All gateways are fuzzed while the tests of the platform run, one after the other, from the first question on. */
final class FuzzBeside {

    private static final int MOST_SHOWN = 64 * 1024;
    /** For what a process does but fuzz: beside the tests of the platform its JVM alone may take minutes to start. */
    private static final Duration MORE_THAN_ITS_TIME = Duration.ofMinutes(10);

    private static FuzzBeside only;

    private static final int HUNG = -1;

    private final Map<GatewayFuzz, CompletableFuture<Integer>> exits = new EnumMap<>(GatewayFuzz.class);

    private FuzzBeside() {
        CompletableFuture<?> before = CompletableFuture.completedFuture(null);
        for (GatewayFuzz gateway : GatewayFuzz.values()) {
            // What one finds does not keep the next from running.
            CompletableFuture<Integer> exit = before.handle((done, failed) -> gateway.start()).thenCompose(process -> exit(process, gateway));
            exits.put(gateway, exit);
            before = exit;
        }
    }

    /** One that hangs is ended, so that the next one runs and what it said is seen. */
    private static CompletableFuture<Integer> exit(Process process, GatewayFuzz gateway) {
        return process.onExit().thenApply(Process::exitValue)
                .completeOnTimeout(HUNG, gateway.time().plus(MORE_THAN_ITS_TIME).toSeconds(), TimeUnit.SECONDS)
                .whenComplete((exit, failed) -> process.destroyForcibly());
    }

    /** The one of this process. */
    static synchronized FuzzBeside running() {
        if (only == null) {
            only = new FuzzBeside();
        }
        return only;
    }

    /**
     * How a process ended.
     *
     * @param exit 0 when it found nothing, -1 when it did not end
     * @param said the end of its output, 64 KiB at most; what it found stands there, with the seed
     */
    record Outcome(int exit, String said) {
    }

    /**
     * Waits for the end of a gateway's.
     *
     * @throws ExecutionException when it did not start
     */
    Outcome await(GatewayFuzz gateway) throws InterruptedException, ExecutionException, IOException {
        int exit = exits.get(gateway).get();
        String said = Files.readString(gateway.log(), StandardCharsets.UTF_8);
        return new Outcome(exit, said.substring(Math.max(0, said.length() - MOST_SHOWN)));
    }
}
