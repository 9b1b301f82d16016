package org.postel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.postel.bench.BenchOptions.Option;
import org.postel.bench.figure.Bed;
import org.postel.bench.figure.Figure;
import org.postel.bench.figure.Quiet;
import org.postel.bench.load.Prose;
import org.postel.bench.report.Results;
import org.postel.bench.report.Table;
import org.postel.bench.stack.MailStack;
import org.postel.bench.stack.PeerStack;
import org.postel.bench.stack.PostelStack;

/** Starts the servers, measures figure after figure, round after round in turn, and prints the table. */
final class Bench {

    private static final int ACCOUNTS = 100;

    private final Path root;
    private final BenchOptions options;
    private final Results results = new Results();
    private final List<String> failures = new ArrayList<>();

    Bench(Path root, BenchOptions options) {
        this.root = root;
        this.options = options;
    }

    /** Whether every figure could be measured. */
    boolean run() throws IOException {
        List<MailStack> stacks = new ArrayList<>();
        List<Bed> beds = new ArrayList<>();
        try {
            start(stacks);
            Prose prose = new Prose();
            for (MailStack stack : stacks) {
                beds.add(Bed.of(stack, prose));
            }
            for (Figure figure : Figures.of(options)) {
                measure(figure, beds);
            }
        } finally {
            for (Bed bed : beds) {
                bed.close();
            }
            for (MailStack stack : stacks) {
                stack.close();
            }
        }
        System.out.println();
        System.out.print(new Table(results, PostelStack.NAME, PeerStack.NAME).text());
        failures.forEach(System.out::println);
        return failures.isEmpty();
    }

    private void start(List<MailStack> stacks) throws IOException {
        if (options.postel()) {
            System.out.println("Starting Postel ...");
            stacks.add(options.running() ? PostelStack.running(root, ACCOUNTS) : PostelStack.start(root, ACCOUNTS));
        }
        if (options.peers() && PeerStack.isInstalled()) {
            System.out.println("Starting Postfix and Dovecot ...");
            stacks.add(PeerStack.start(ACCOUNTS));
        } else if (options.peers()) {
            System.out.println("Postfix and Dovecot are left out: they are not installed. " + PeerStack.INSTALL);
        }
    }

    /** A figure that fails with one server is told, and the others go on. */
    private void measure(Figure figure, List<Bed> beds) {
        List<Bed> left = new ArrayList<>(beds);
        for (Bed bed : beds) {
            attempt(figure, bed, left, () -> figure.prepare(bed));
        }
        for (int round = 0; round < options.number(Option.ROUNDS); round++) {
            for (Bed bed : List.copyOf(left)) {
                attempt(figure, bed, left, () -> {
                    Quiet.await(bed.stack());
                    figure.measure(bed, results);
                    Quiet.await(bed.stack());
                });
            }
        }
        for (Bed bed : List.copyOf(left)) {
            attempt(figure, bed, left, () -> figure.finish(bed));
        }
    }

    private void attempt(Figure figure, Bed bed, List<Bed> left, Step step) {
        try {
            step.run();
        } catch (IOException failed) {
            left.remove(bed);
            String failure = figure.name() + " with " + bed.stack().name() + " failed: " + failed.getMessage();
            System.out.println(failure);
            failures.add(failure);
        }
    }

    /** One part of a figure with one server. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
