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
 * @param figures their names, or soak; empty for all
 * @param running whether to measure the Postel that runs already instead of starting one
 * @param write whether the tables go to docs/benchmarks.md too
 * @param only the one server to measure, if not both
 * @param numbers of rounds, messages and so on that are given, by the option's name
 */
record BenchOptions(List<String> figures, boolean running, boolean write, Optional<String> only, Map<String, Integer> numbers) {

    /** Of {@code ./postel bench}. */
    static final String USAGE = """
            usage: ./postel bench [FIGURE...] [--write] [--running] [--only postel|peers] [--rounds N] [--warm-up N]
                                  [--messages N] [--size N] [--large N] [--idle N]
                   ./postel bench soak --minutes N [--rate N] [--running] [--only postel|peers]

            FIGURE is one of, none means all, in this order:
              memory          of an idle connection; needs an open-file limit above --idle
              smtp, one-connection, recipients
                              messages accepted and delivered, DATA to 250, CPU time
              checks          messages accepted with and without SPF, DKIM and DMARC; Postel alone
              quiet           SMTP to the notice in IDLE, at 20 mails a second
              told            until 50 idle sessions of one account are told
              imap, imap-large
                              SELECT, FETCH, STORE, SEARCH, COPY, EXPUNGE and more in a large mailbox
              resync          SELECT (QRESYNC) after 1,000 changes
              folders         LIST with STATUS of 1,000 mailboxes
              rates           APPEND, BODY[] fetches and logins with SELECT
              pop3            10 users download 500 messages each
              maildrop        log-in with STAT of 10,000 and of 100,000 messages, UIDL and LIST
              model           what the capacity model of docs/scaling.md says of a mix, and what the mix takes; Postel alone
              queue           what an operator waits for who lists a queue of a million; Postel alone
            --write      put each table into docs/benchmarks.md, in place of the one it had
            --running    measure the Postel that ./postel up started, alone
            --only       leave the other server out
            --rounds     that count, 3 when not given
            --warm-up    messages over SMTP to each server before the first figure but memory, 40000 when not given; the
                         figures checks, imap, rates and pop3 run once unmeasured for each 8000 of them, imap-large once;
                         the commands of resync and folders run 60 times
            --messages   of one round with 20 connections, 3000 when not given; those that wait in queue, 1000000
            --size       messages in the mailbox of imap, 10000 when not given; --large: of imap-large, 100000
            --idle       connections of memory, 10000 when not given; a fifth of them is measured too
            Ends with 1 when a figure could not be measured, or does not reach its goal: checks 70% at least of what is without,
            the list of queue in a second at most.

            soak: mixed load over SMTP, IMAP and POP3 for so many minutes on Postel, or with --only peers on the others; ends
            with 1 when a process does not stay flat, or when not every message was found exactly once.
            --rate       messages sent in a second, 20 when not given""";

    private static final String POSTEL = "postel";
    private static final String PEERS = "peers";
    private static final String SOAK = "soak";
    private static final Map<String, Integer> DEFAULTS = Map.of("--rounds", 3, "--warm-up", 40_000, "--messages", 3000,
            "--size", 10_000, "--large", 100_000, "--idle", 10_000, "--minutes", 0, "--rate", 20);

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
        Map<String, Integer> numbers = new LinkedHashMap<>();
        boolean running = false;
        boolean write = false;
        Optional<String> only = Optional.empty();
        var rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            if (argument.equals("--running")) {
                running = true;
            } else if (argument.equals("--write")) {
                write = true;
            } else if (argument.equals("--only") && rest.hasNext()) {
                only = Optional.of(stack(rest.next()));
            } else if (DEFAULTS.containsKey(argument) && rest.hasNext()) {
                numbers.put(argument, number(rest.next()));
            } else if (known.contains(argument) || argument.equals(SOAK)) {
                figures.add(argument);
            } else {
                throw new UsageException(USAGE);
            }
        }
        boolean soak = figures.equals(List.of(SOAK));
        if (figures.contains(SOAK) != soak || soak != numbers.getOrDefault("--minutes", 0) > 0) {
            throw new UsageException(USAGE);
        }
        return new BenchOptions(figures, running, write, only, numbers);
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

    /** Whether that figure is wanted, by its name or because none is named. */
    boolean wants(String figure) {
        return figures.isEmpty() || figures.contains(figure);
    }

    /** Whether Postel is measured. */
    boolean postel() {
        return !only.equals(Optional.of(PEERS));
    }

    /** Whether the peers are measured. */
    boolean peers() {
        return !running && !only.equals(Optional.of(POSTEL));
    }

    /** Whether the soak is asked for, and not figures. */
    boolean soak() {
        return figures.contains(SOAK);
    }

    /** The value of an option with a number. */
    int number(Option option) {
        return number(option, DEFAULTS.get(option.text()));
    }

    /** The same, where it is another one when not given. */
    int number(Option option, int otherwise) {
        return numbers.getOrDefault(option.text(), otherwise);
    }

    /** The options with a number. */
    enum Option {
        /** Rounds that count. */
        ROUNDS("--rounds"),
        /** Messages over SMTP before the first figure. */
        WARM_UP("--warm-up"),
        /** Of one round with 20 connections. */
        MESSAGES("--messages"),
        /** Of the mailbox of the IMAP figures. */
        SIZE("--size"),
        /** Of the large one. */
        LARGE("--large"),
        /** Idle connections. */
        IDLE("--idle"),
        /** Of the soak. */
        MINUTES("--minutes"),
        /** Messages in a second of the soak. */
        RATE("--rate");

        private final String text;

        Option(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
