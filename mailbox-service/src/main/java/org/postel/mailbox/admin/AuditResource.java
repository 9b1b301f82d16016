package org.postel.mailbox.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.audit.AuditEntry;
import org.postel.mailbox.audit.AuditLog;
import org.postel.mailbox.authority.Authority;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.transit.QueueException;

/** {@code /api/v1/audit}: what administrators did. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Administrators", description = "Who administers, and what was done.")
@SecurityRequirement(name = OperatorFilter.SECURITY)
public class AuditResource {

    private final AuditLog log;

    @Inject
    public AuditResource(AuditLog log) {
        this.log = log;
    }

    /**
     * An act as JSON.
     *
     * @param outcome {@code done}; an HTTP status and why; or {@code begun} when nobody could write down how it ended
     */
    public record EntryView(String id, String at, String who, String from, String what, String on, String detail, String outcome) {
        static EntryView of(AuditEntry entry) {
            return new EntryView(entry.id().toString(), entry.at().toString(), entry.act().who(), entry.act().from(), entry.act().what(),
                    entry.act().on(), entry.act().detail(), entry.outcome());
        }
    }

    /**
     * A part of a day.
     *
     * @param next what to give as {@code after} for the next part; null at the end
     */
    public record Page(List<EntryView> entries, String next) {}

    /**
     * Of one day of UTC, the newest first; who administers some domains sees what was done to these, and so pages that may be short, or empty,
     * and have a next one.
     *
     * @param day   as 2026-07-01; without it: today
     * @param after {@code next} of the page before
     */
    @GET
    @Operation(summary = "Lists what administrators did", description = "On one day of UTC, the newest first. Needs audit:read.")
    @Needs(value = Scope.AUDIT_READ, over = Reach.CONTENT)
    public Page list(@Context SecurityContext security, @QueryParam("day") String day, @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue(Asked.LIMIT) int limit) throws DirectoryException, QueueException {
        Authority caller = Acting.of(security);
        List<AuditEntry> found = log.list(day(day), entry(after), Asked.limit(limit));
        return new Page(found.stream().filter(entry -> concerns(caller, entry.act().on())).map(EntryView::of).toList(),
                found.size() < limit ? null : found.getLast().id().toString());
    }

    /** What an act is on begins with an address or a domain, when it is on one. */
    private static boolean concerns(Authority caller, String on) {
        String first = on.split(" ", 2)[0];
        return caller.everywhere() || caller.overAddress(first) || caller.over(first);
    }

    private static LocalDate day(String given) throws DirectoryException {
        try {
            return given == null || given.isEmpty() ? LocalDate.now(Clock.systemUTC()) : LocalDate.parse(given);
        } catch (DateTimeException e) {
            throw new DirectoryException(Fault.INVALID, "a day is written as 2026-07-01");
        }
    }

    private static Optional<UUID> entry(String after) throws DirectoryException {
        try {
            return after == null || after.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(after)).filter(id -> id.version() == 1);
        } catch (IllegalArgumentException e) {
            throw new DirectoryException(Fault.INVALID, "after is the next of the page before");
        }
    }
}
