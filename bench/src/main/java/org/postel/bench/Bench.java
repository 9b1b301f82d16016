package org.postel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.postel.bench.BenchOptions.Option;
import org.postel.bench.figure.Bed;
import org.postel.bench.figure.Figure;
import org.postel.bench.figure.Quiet;
import org.postel.bench.figure.WarmUp;
import org.postel.bench.load.Prose;
import org.postel.bench.report.Results;
import org.postel.bench.report.Table;
import org.postel.bench.stack.MailStack;
import org.postel.bench.stack.PostelStack;

/** Starts the servers, measures figure after figure, round after round in turn, and prints a table for each. */
final class Bench {

    private final Path root;
    private final BenchOptions options;
    private final BenchmarksPage page;
    private final WarmUp warmUp;
    private final List<String> failures = new ArrayList<>();
    private final List<Goal.Verdict> verdicts = new ArrayList<>();

    Bench(Path root, BenchOptions options) {
        this.root = root;
        this.options = options;
        this.page = BenchmarksPage.in(root);
        this.warmUp = new WarmUp(options.number(Option.WARM_UP));
    }

    /** Whether every figure could be measured, and reached its goal where it has one. */
    boolean run() throws IOException {
        if (options.write()) {
            page.check();
        }
        List<Bed> beds = new ArrayList<>();
        try (Servers servers = Servers.start(root, options.postel(), options.running(), options.peers())) {
            try {
                Prose prose = new Prose();
                for (MailStack stack : servers.all()) {
                    beds.add(Bed.of(stack, prose));
                }
                for (Figure figure : Figures.of(options)) {
                    int before = failures.size();
                    Results results = measure(figure, beds);
                    report(figure, results, failures.size() == before);
                    verdicts.addAll(Goal.verdicts(figure.name(), results));
                }
            } finally {
                for (Bed bed : beds) {
                    bed.close();
                }
            }
        }
        failures.forEach(System.out::println);
        verdicts.forEach(verdict -> System.out.println(verdict.text()));
        return failures.isEmpty() && verdicts.stream().allMatch(Goal.Verdict::reached);
    }

    /** A figure that fails with one server is told, and the others go on. */
    private Results measure(Figure figure, List<Bed> beds) {
        Results results = new Results();
        List<Bed> left = new ArrayList<>(beds);
        left.removeIf(bed -> !figure.isFor(bed.stack()));
        for (Bed bed : List.copyOf(left)) {
            attempt(figure, bed, left, () -> {
                if (figure.wantsWarmServer()) {
                    warmUp.of(bed);
                }
                figure.prepare(bed);
            });
        }
        for (int round = 0; round < figure.rounds(options.number(Option.ROUNDS)); round++) {
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
        return results;
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

    /** A figure that failed is shown as far as it came, but not written. */
    private void report(Figure figure, Results results, boolean complete) throws IOException {
        StringBuilder section = new StringBuilder(new Table(results, PostelStack.NAME, figure.against()).text());
        section.append('\n').append(new Conditions(options).of(figure)).append('\n');
        results.notes().forEach(note -> section.append('\n').append(note).append('\n'));
        System.out.println();
        System.out.println(figure.name());
        System.out.println(section);
        if (options.write() && complete) {
            page.put(figure.name(), section.toString());
        }
    }

    /** One part of a figure with one server. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
