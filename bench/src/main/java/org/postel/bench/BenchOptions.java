package org.postel.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.postel.launcher.UsageException;

/**
 * What the command line asks for.
 *
 * @param figures their names; empty for all
 * @param running whether to measure the Postel that runs already instead of starting one
 * @param only the one server to measure, if not both
 * @param numbers of rounds, messages and so on, by the option's name
 */
record BenchOptions(List<String> figures, boolean running, Optional<String> only,
        Map<String, Integer> numbers) {

    /** Of {@code ./postel bench}. */
    static final String USAGE = """
            usage: ./postel bench [FIGURE...] [--running] [--only postel|peers] [--rounds N] [--warm-ups N]
                                  [--messages N] [--size N]

            FIGURE is one of: smtp one-connection recipients quiet told imap rates; none means
                         all but quiet and told
            --running    measure the Postel that ./postel up started, alone
            --only       leave the other server out
            --rounds     rounds that count, 3 when not given; --warm-ups: rounds before them, 2 when not given
            --messages   of one round with 20 connections, 3000 when not given
            --size       messages in the INBOX of the IMAP figures, 10000 when not given""";

    private static final String POSTEL = "postel";
    private static final String PEERS = "peers";
    private static final Map<String, Integer> DEFAULTS = Map.of("--rounds", 3, "--warm-ups", 2, "--messages", 3000,
            "--size", 10_000);

    /** Copies the collections. */
    BenchOptions {
        figures = List.copyOf(figures);
        numbers = Map.copyOf(numbers);
    }

    /**
     * From the arguments.
     *
     * @param known the names of figures
     * @throws UsageException when they make no sense
     */
    static BenchOptions of(List<String> arguments, Set<String> known) {
        List<String> figures = new ArrayList<>();
        Map<String, Integer> numbers = new LinkedHashMap<>(DEFAULTS);
        boolean running = false;
        Optional<String> only = Optional.empty();
        var rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            if (argument.equals("--running")) {
                running = true;
            } else if (argument.equals("--only") && rest.hasNext()) {
                only = Optional.of(stack(rest.next()));
            } else if (DEFAULTS.containsKey(argument) && rest.hasNext()) {
                numbers.put(argument, number(rest.next()));
            } else if (known.contains(argument)) {
                figures.add(argument);
            } else {
                throw new UsageException(USAGE);
            }
        }
        return new BenchOptions(figures, running, only, numbers);
    }

    private static String stack(String name) {
        if (!name.equals(POSTEL) && !name.equals(PEERS)) {
            throw new UsageException(USAGE);
        }
        return name;
    }

    private static int number(String digits) {
        try {
            return Integer.parseUnsignedInt(digits);
        } catch (NumberFormatException wrong) {
            throw new UsageException(USAGE);
        }
    }

    /** Whether that figure is wanted, by its name or, unless it is measured on request only, because none is named. */
    boolean wants(String figure, boolean onRequest) {
        return figures.isEmpty() && !onRequest || figures.contains(figure);
    }

    /** Whether Postel is measured. */
    boolean postel() {
        return !only.equals(Optional.of(PEERS));
    }

    /** Whether the peers are measured. */
    boolean peers() {
        return !running && !only.equals(Optional.of(POSTEL));
    }

    /** The value of an option with a number. */
    int number(Option option) {
        return numbers.get(option.text());
    }

    /** The options with a number. */
    enum Option {
        /** Rounds that count. */
        ROUNDS("--rounds"),
        /** Rounds before them. */
        WARM_UPS("--warm-ups"),
        /** Of one round with 20 connections. */
        MESSAGES("--messages"),
        /** Of the INBOX of the IMAP figures. */
        SIZE("--size");

        private final String text;

        Option(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
