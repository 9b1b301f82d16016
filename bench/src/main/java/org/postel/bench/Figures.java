package org.postel.bench;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.postel.bench.BenchOptions.Option;
import org.postel.bench.figure.CheckFigure;
import org.postel.bench.figure.Figure;
import org.postel.bench.figure.FolderFigure;
import org.postel.bench.figure.FoldersFigure;
import org.postel.bench.figure.MaildropFigure;
import org.postel.bench.figure.MemoryFigure;
import org.postel.bench.figure.ModelFigure;
import org.postel.bench.figure.NoticeFigure;
import org.postel.bench.figure.Pop3Figure;
import org.postel.bench.figure.QueueFigure;
import org.postel.bench.figure.RateFigure;
import org.postel.bench.figure.ResyncFigure;
import org.postel.bench.figure.ThroughputFigure;
import org.postel.bench.figure.ToldFigure;

/** All figures, in the order of the table. */
final class Figures {

    /** What the command line calls them. */
    static final Set<String> NAMES = new LinkedHashSet<>(List.of("memory", "smtp", "one-connection", "recipients", "checks", "quiet", "told",
            "imap", "imap-large", "resync", "folders", "rates", "pop3", "maildrop", "model", "queue"));

    private static final int CONNECTIONS = 20;
    private static final int FEWER = 5;
    private static final int RECIPIENTS = 10;
    private static final int WAITING = 1_000_000;
    /** What runs in rounds of its own is warm after one of them for so many messages of the warm-up. */
    private static final int MESSAGES_PER_ROUND = 8000;

    private Figures() {
    }

    /** Those that are asked for. The first of all wants servers that have done nothing yet. */
    static List<Figure> of(BenchOptions options) {
        int messages = options.number(Option.MESSAGES);
        int warmUps = options.number(Option.WARM_UP) / MESSAGES_PER_ROUND;
        List<Figure> all = List.of(
                new MemoryFigure(options.number(Option.IDLE), messages),
                new ThroughputFigure("smtp", "20 connections", CONNECTIONS, messages, 1),
                new ThroughputFigure("one-connection", "1 connection", 1, messages / FEWER, 1),
                new ThroughputFigure("recipients", "10 recipients", CONNECTIONS, messages / FEWER, RECIPIENTS),
                new CheckFigure(CONNECTIONS, messages, options.number(Option.WARM_UP) / messages),
                new NoticeFigure(),
                new ToldFigure(),
                new FolderFigure("imap", options.number(Option.SIZE), warmUps),
                new FolderFigure("imap-large", options.number(Option.LARGE), Math.min(1, warmUps)),
                new ResyncFigure(warmUps),
                new FoldersFigure(warmUps),
                new RateFigure(warmUps),
                new Pop3Figure(warmUps),
                new MaildropFigure(),
                new ModelFigure(messages),
                // Last: Cassandra goes on with a million rows, and then with what is left of them.
                new QueueFigure(options.number(Option.MESSAGES, WAITING)));
        return all.stream().filter(figure -> options.wants(figure.name())).toList();
    }
}
