package org.postel.mailbox.console;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postel.mail.QueueId;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.desk.QueueView.Entry;
import org.postel.mailbox.desk.QueueView.Page;
import org.postel.mailbox.desk.QueuedMail;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.page.Answer;
import org.postel.mailbox.transit.QueueException;
import org.postel.mailbox.transit.QueueFilter;
import org.postel.queue.QueueUnavailableException;
import org.postel.queue.v1.TraceEvent;

/** Mail on its way: what waits, where a message is, what is to become of it. */
final class QueuePages {

    private static final String ID = "id";
    private static final int ROWS = 50;

    private final Desk desk;
    private final QueuedMail mail;
    private final Template queue;
    private final Template dead;
    private final Template message;

    QueuePages(Desk desk, QueuedMail mail) {
        this.desk = desk;
        this.mail = mail;
        this.queue = desk.template("admin-queue.html");
        this.dead = desk.template("admin-dead.html");
        this.message = desk.template("admin-message.html");
    }

    void on(Router router) {
        desk.get(router, "/admin/queue", Scope.QUEUE_READ, this::queue);
        desk.get(router, "/admin/dead", Scope.QUEUE_READ, this::dead);
        desk.get(router, "/admin/message", Scope.QUEUE_READ, this::message);
        desk.ask(router, "/admin/queue/find", Scope.QUEUE_READ, guest -> new Answer.GoTo(Paths.message(guest.field(ID)), ""));
        order(router, "retry", (id, guest) -> mail.operator().retry(mail.own(guest.authority(), id)));
        order(router, "hold", (id, guest) -> mail.operator().hold(mail.own(guest.authority(), id)));
        order(router, "release", (id, guest) -> mail.operator().release(mail.own(guest.authority(), id)));
        order(router, "bounce", (id, guest) -> mail.operator().bounce(mail.own(guest.authority(), id)));
        order(router, "replay", (id, guest) -> mail.operator().replay(mail.own(guest.authority(), id)));
    }

    /** What is ordered. */
    @FunctionalInterface
    private interface Order {
        void give(QueueId id, Desk.Guest guest) throws QueueException, QueueUnavailableException, InterruptedException;
    }

    private void order(Router router, String name, Order order) {
        desk.post(router, "/admin/message/" + name, new Desk.Deed(Scope.QUEUE_WRITE, "queue." + name, ID, List.of(), "/admin/message?id=*"), guest -> {
            QueueId id = id(guest.field(ID));
            Mail.asked(() -> {
                order.give(id, guest);
                return id;
            });
            return new Answer.GoTo(Paths.message(id.toString()), "admOrdered");
        });
    }

    /** Queued mail as the page shows it. */
    public record Row(String id, String path, String state, String sender, String recipients, String since, String next, String reason) {
        static Row of(Entry entry) {
            return new Row(entry.id(), Paths.message(entry.id()), state(entry.state()), entry.sender(), String.join(", ", entry.recipients()), entry.since(),
                    entry.next() == null ? "" : entry.next(), entry.reason() == null ? "" : entry.reason());
        }

        private static String state(String state) {
            return switch (state) {
                case "accepted" -> "admAccepted";
                case "relaying" -> "admRelaying";
                case "deferred" -> "admDeferred";
                case "held" -> "admHeld";
                default -> "admDead";
            };
        }
    }

    /** A step of a message as the page shows it. */
    public record Step(String at, String step, String recipient, String detail) {
        static Step of(TraceEvent event) {
            return new Step(Instant.ofEpochMilli(event.getAt()).toString(), event.getStep(), event.getRecipient(), event.getDetail());
        }
    }

    /** A message that was found. */
    public record Journey(String id, List<Row> queued, List<Step> steps, boolean own) {}

    private Answer queue(Desk.Guest guest) throws DirectoryException {
        Page part = Mail.asked(() -> mail.list(guest.authority(), new QueueFilter(Optional.empty(), Optional.empty()), after(guest), ROWS));
        return desk.page(guest, queue, shown(part, "/admin/queue"));
    }

    private Answer dead(Desk.Guest guest) throws DirectoryException {
        return desk.page(guest, dead, shown(Mail.asked(() -> mail.dead(guest.authority(), after(guest), ROWS)), "/admin/dead"));
    }

    private static Map<String, Object> shown(Page part, String path) {
        return Map.of("rows", part.entries().stream().map(Row::of).toList(), "next", part.next() == null ? "" : Paths.with(path, "after", part.next()));
    }

    private Answer message(Desk.Guest guest) throws DirectoryException {
        String asked = guest.parameter(ID);
        List<Journey> journeys = new ArrayList<>();
        for (QueueId id : Mail.asked(() -> mail.named(asked))) {
            List<Entry> queued = mail.queued(guest.authority(), id);
            List<TraceEvent> steps = mail.steps(guest.authority(), id);
            if (!queued.isEmpty() || !steps.isEmpty()) {
                journeys.add(new Journey(id.toString(), queued.stream().map(Row::of).toList(), steps.stream().map(Step::of).toList(),
                        !queued.isEmpty() && mail.owns(guest.authority(), id)));
            }
        }
        return desk.page(guest, message, Map.of("asked", asked, "journeys", journeys));
    }

    private static Optional<String> after(Desk.Guest guest) {
        return Optional.of(guest.parameter("after")).filter(given -> !given.isEmpty());
    }

    private static QueueId id(String written) throws DirectoryException {
        try {
            return QueueId.parse(written);
        } catch (IllegalArgumentException e) {
            throw new DirectoryException(Fault.INVALID, "no queue id");
        }
    }
}
