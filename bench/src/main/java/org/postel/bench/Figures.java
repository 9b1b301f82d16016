package org.postel.bench;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.postel.bench.BenchOptions.Option;
import org.postel.bench.figure.Figure;
import org.postel.bench.figure.FolderFigure;
import org.postel.bench.figure.NoticeFigure;
import org.postel.bench.figure.RateFigure;
import org.postel.bench.figure.ThroughputFigure;

/** All figures, in the order of the table. */
final class Figures {

    /** What the command line calls them. */
    static final Set<String> NAMES = new LinkedHashSet<>(List.of("smtp", "one-connection", "recipients", "quiet", "told", "imap", "rates"));

    /** They wait for each notice, which takes too long where a server only polls. */
    private static final Set<String> ON_REQUEST = Set.of("quiet", "told");
    private static final int CONNECTIONS = 20;
    private static final int FEWER = 5;
    private static final int RECIPIENTS = 10;
    private static final int SESSIONS = 50;

    private Figures() {
    }

    /** Those that are asked for. */
    static List<Figure> of(BenchOptions options) {
        int messages = options.number(Option.MESSAGES);
        int warmUps = options.number(Option.WARM_UPS);
        List<Figure> all = List.of(
                new ThroughputFigure("smtp", "20 connections", CONNECTIONS, messages, 1, warmUps),
                new ThroughputFigure("one-connection", "1 connection", 1, messages / FEWER, 1, 1),
                new ThroughputFigure("recipients", "10 recipients", CONNECTIONS, messages / FEWER, RECIPIENTS, 1),
                new NoticeFigure("quiet", "SMTP to IDLE notice, quiet load", 1),
                new NoticeFigure("told", "50 idle sessions of one account told", SESSIONS),
                new FolderFigure(options.number(Option.SIZE)),
                new RateFigure());
        return all.stream().filter(figure -> options.wants(figure.name(), ON_REQUEST.contains(figure.name()))).toList();
    }
}
