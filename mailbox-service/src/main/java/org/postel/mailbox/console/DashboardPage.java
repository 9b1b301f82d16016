package org.postel.mailbox.console;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.desk.QueueView.Entry;
import org.postel.mailbox.desk.QueueView.Page;
import org.postel.mailbox.desk.QueuedMail;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.page.Answer;
import org.postel.mailbox.transit.QueueFilter;

/** Whether mail is flowing, and if not, why. */
final class DashboardPage {

    private static final String FLOWING = "admFlowing";
    /** Entries that are counted; where there are more, the page says so. */
    private static final int LOOKED_AT = 1_000;
    private static final int REASONS = 5;
    private static final int LONGEST_REASON = 200;
    /** Mail that was accepted is routed within seconds. */
    private static final Duration STUCK = Duration.ofMinutes(5);

    private final Desk desk;
    private final QueuedMail mail;
    private final Clock clock;
    private final Template page;

    DashboardPage(Desk desk, QueuedMail mail, Clock clock) {
        this.desk = desk;
        this.mail = mail;
        this.clock = clock;
        this.page = desk.template("admin.html");
    }

    void on(Router router) {
        desk.get(router, "/admin", Scope.QUEUE_READ, this::show);
    }

    /** How much mail is in a state. */
    public record Count(String state, String text, long number) {}

    /** Why mail waits, and how much of it. */
    public record Reason(String text, long number) {}

    private Answer show(Desk.Guest guest) throws DirectoryException {
        Page queued = Mail.asked(() -> mail.list(guest.authority(), new QueueFilter(Optional.empty(), Optional.empty()), Optional.empty(), LOOKED_AT));
        Page dead = Mail.asked(() -> mail.dead(guest.authority(), Optional.empty(), LOOKED_AT));
        Map<String, Long> states = queued.entries().stream().collect(Collectors.groupingBy(Entry::state, Collectors.counting()));
        String flow = !mail.queueAnswers() ? "admQueueAway" : isStuck(queued) ? "admStuck" : FLOWING;
        List<Count> counts = List.of(count("accepted", "admAccepted", states), count("relaying", "admRelaying", states),
                count("deferred", "admDeferred", states), count("held", "admHeld", states), new Count("dead", "admDead", dead.entries().size()));
        return desk.page(guest, page, Map.of("flow", flow, "flowing", flow.equals(FLOWING), "counts", counts,
                "more", queued.next() != null || dead.next() != null, "reasons", reasons(queued.entries())));
    }

    private boolean isStuck(Page queued) {
        Instant late = clock.instant().minus(STUCK);
        return queued.entries().stream().anyMatch(entry -> entry.state().equals("accepted") && Instant.parse(entry.since()).isBefore(late));
    }

    private static Count count(String state, String text, Map<String, Long> states) {
        return new Count(state, text, states.getOrDefault(state, 0L));
    }

    private static List<Reason> reasons(List<Entry> entries) {
        return entries.stream().filter(entry -> entry.reason() != null && !entry.reason().isBlank())
                .collect(Collectors.groupingBy(entry -> entry.reason().substring(0, Math.min(entry.reason().length(), LONGEST_REASON)), Collectors.counting()))
                .entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())).limit(REASONS)
                .map(each -> new Reason(each.getKey(), each.getValue())).toList();
    }
}
