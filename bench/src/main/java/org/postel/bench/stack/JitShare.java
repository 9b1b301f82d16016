package org.postel.bench.stack;

import java.io.IOException;

/**
 * How much of their CPU time the JITs of some processes take from a moment on. A server that ran for hours spends next to none on them; one
 * that was started for a bench may spend half.
 */
public final class JitShare {

    private final Processes processes;
    private final CpuTime before;
    private final double compiledBefore;

    private JitShare(Processes processes, CpuTime before, double compiledBefore) {
        this.processes = processes;
        this.before = before;
        this.compiledBefore = compiledBefore;
    }

    /**
     * Begins now.
     *
     * @throws IOException when /proc cannot be read
     */
    public static JitShare of(Processes processes) throws IOException {
        return new JitShare(processes, processes.cpu(), processes.compiling());
    }

    /** From 0 to 1, until now; 0 of processes that are no JVMs. */
    public double now() throws IOException {
        double all = processes.cpu().since(before).total();
        // Threads of JITs end when they are idle, and are counted no more.
        return all == 0 ? 0 : Math.max(0, processes.compiling() - compiledBefore) / all;
    }
}
