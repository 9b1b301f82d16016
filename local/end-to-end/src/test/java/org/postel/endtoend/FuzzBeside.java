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
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** All gateways are fuzzed while the tests of the platform run, one after the other, from the first question on. */
final class FuzzBeside {

    private static final int MOST_SHOWN = 64 * 1024;
    /** For what a process does but fuzz: beside the tests of the platform its JVM alone may take minutes to start. */
    private static final Duration MORE_THAN_ITS_TIME = Duration.ofMinutes(10);

    private static FuzzBeside only;

    private final Map<GatewayFuzz, CompletableFuture<Integer>> exits = new EnumMap<>(GatewayFuzz.class);

    private FuzzBeside() {
        CompletableFuture<?> before = CompletableFuture.completedFuture(null);
        for (GatewayFuzz gateway : GatewayFuzz.values()) {
            // What one finds does not keep the next from running.
            CompletableFuture<Integer> exit = before.handle((done, failed) -> gateway.start()).thenCompose(Process::onExit).thenApply(Process::exitValue);
            exits.put(gateway, exit);
            before = exit;
        }
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
     * @param exit 0 when it found nothing
     * @param said the end of its output, 64 KiB at most; what it found stands there, with the seed
     */
    record Outcome(int exit, String said) {
    }

    /**
     * Waits for the end of a gateway's.
     *
     * @throws ExecutionException when it did not start
     * @throws TimeoutException when it does not end
     */
    Outcome await(GatewayFuzz gateway) throws InterruptedException, ExecutionException, TimeoutException, IOException {
        Duration limit = Stream.of(GatewayFuzz.values()).map(GatewayFuzz::time).reduce(MORE_THAN_ITS_TIME, Duration::plus);
        int exit = exits.get(gateway).get(limit.toSeconds(), TimeUnit.SECONDS);
        String said = Files.readString(gateway.log(), StandardCharsets.UTF_8);
        return new Outcome(exit, said.substring(Math.max(0, said.length() - MOST_SHOWN)));
    }
}
