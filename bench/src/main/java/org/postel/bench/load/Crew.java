package org.postel.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the same work on several virtual threads at once. */
public final class Crew {

    private Crew() {
    }

    /** What one of them does. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does it.
         *
         * @param member which of the crew, from zero
         */
        void run(int member) throws IOException;
    }

    /**
     * Returns when all are done.
     *
     * @throws IOException the first failure; the others are interrupted
     */
    public static void run(int members, Work work) throws IOException {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < members; i++) {
                int member = i;
                all.add(threads.submit(() -> {
                    work.run(member);
                    return null;
                }));
            }
            for (Future<Void> one : all) {
                one.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause().getMessage(), failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", interrupted);
        } finally {
            threads.shutdownNow();
        }
    }
}
