package org.postel.mailbox.console;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.audit.AuditEntry;
import org.postel.mailbox.audit.AuditLog;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.desk.OwnDomains;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.page.Answer;

/** What administrators did. */
final class AuditPage {

    private static final String PATH = "/admin/audit";
    private static final int ROWS = 100;

    private final Desk desk;
    private final AuditLog log;
    private final Clock clock;
    private final Template page;

    AuditPage(Desk desk, AuditLog log, Clock clock) {
        this.desk = desk;
        this.log = log;
        this.clock = clock;
        this.page = desk.template("admin-audit.html");
    }

    void on(Router router) {
        desk.get(router, PATH, Scope.AUDIT_READ, this::list);
        desk.ask(router, PATH + "/day", Scope.AUDIT_READ, guest -> new Answer.GoTo(Paths.with(PATH, "day", guest.field("day")), ""));
    }

    /** An act as the page shows it. */
    public record Row(String at, String who, String from, String what, String on, String detail, String outcome) {
        static Row of(AuditEntry entry) {
            return new Row(entry.at().toString(), entry.act().who(), entry.act().from(), entry.act().what(), entry.act().on(), entry.act().detail(),
                    entry.outcome());
        }
    }

    private Answer list(Desk.Guest guest) throws DirectoryException {
        try {
            LocalDate day = guest.parameter("day").isEmpty() ? LocalDate.now(clock) : LocalDate.parse(guest.parameter("day"));
            Optional<UUID> after = Optional.of(guest.parameter("after")).filter(given -> !given.isEmpty()).map(UUID::fromString).filter(id -> id.version() == 1);
            List<AuditEntry> found = log.list(day, after, ROWS);
            return desk.page(guest, page, Map.of("day", day.toString(),
                    "rows", found.stream().filter(entry -> OwnDomains.concerns(guest.authority(), entry.act().on())).map(Row::of).toList(),
                    "next", found.size() < ROWS ? "" : Paths.with(Paths.with(PATH, "day", day.toString()), "after", found.getLast().id().toString())));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new DirectoryException(Fault.INVALID, "a day is written as 2026-07-01");
        }
    }
}
