package org.postel.mailbox.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.admin.QueueView.Entry;
import org.postel.mailbox.admin.QueueView.Page;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.transit.QueueException;
import org.postel.mailbox.transit.QueueFilter;
import org.postel.mailbox.transit.QueueSearch;
import org.postel.mailbox.transit.Queued;
import org.postel.mailbox.transit.RestingMail;
import org.postel.mailbox.transit.Transit;
import org.postel.queue.Topics;
import org.postel.queue.v1.QueueEntry;

/** {@code /api/v1/queue}: mail on its way, as the index knows it: some seconds late, and what no trace told is missing. */
@Path("/api/v1/queue")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Queue", description = "Mail on its way.")
@SecurityRequirement(name = OperatorFilter.SECURITY)
public class QueueResource {

    private final Transit transit;
    private final QueuedMail mail;

    @Inject
    public QueueResource(Transit transit) {
        this.transit = transit;
        this.mail = new QueuedMail(transit);
    }

    /**
     * The oldest first; the first page begins with what is held. A page may be short, or empty, and have a next one.
     *
     * @param sender {@code <>} for the null reverse-path
     * @param after  {@code next} of the page before
     */
    @GET
    @Operation(summary = "Lists queued mail", description = "The oldest first; the first part begins with what is held. It is some seconds late. Needs queue:read.")
    @Needs(value = Scope.QUEUE_READ, over = Reach.CONTENT)
    public Page list(@Context SecurityContext security, @QueryParam("domain") String domain, @QueryParam("sender") String sender, @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue(Asked.LIMIT) int limit) throws QueueException {
        QueueFilter filter = new QueueFilter(Optional.ofNullable(domain).filter(name -> !name.isEmpty()),
                Optional.ofNullable(sender).map(name -> name.equals("<>") ? "" : name));
        Optional<Queued> last = after == null || after.isEmpty() ? Optional.empty() : Optional.of(cursor(after));
        List<Entry> entries = new ArrayList<>();
        if (last.isEmpty()) {
            held(filter, Asked.limit(limit)).forEach(entries::add);
        }
        QueueSearch.Part queued = transit.index().list(filter, last, Asked.limit(limit));
        queued.entries().forEach(one -> entries.add(Entry.of(one.message(), one.entry())));
        entries.removeIf(entry -> !QueuedMail.reaches(Acting.of(security), entry.sender(), entry.recipients()));
        return new Page(entries, queued.next().map(QueueResource::cursor).orElse(null));
    }

    /** All that is known to be queued of one message. */
    @GET
    @Path("{id}")
    @Operation(summary = "Shows what is queued of a message", description = "For each recipient where it waits, and why. Needs queue:read.")
    @Needs(value = Scope.QUEUE_READ, over = Reach.CONTENT)
    public List<Entry> show(@Context SecurityContext security, @PathParam("id") String id) throws QueueException {
        return mail.entries(Acting.of(security), Asked.message(id));
    }

    private List<Entry> held(QueueFilter filter, int limit) {
        return transit.resting().list(Topics.HELD, Optional.empty(), limit).stream().filter(record -> takes(filter, record))
                .map(record -> Entry.of(record, QueuedMail.HELD)).toList();
    }

    private static boolean takes(QueueFilter filter, RestingMail.Record resting) {
        return resting.record().getRecipientList().stream().anyMatch(recipient -> filter.takes(resting.record().getSender(), recipient));
    }

    private static String cursor(Queued last) {
        return last.message() + ":" + last.entry().getRecipient();
    }

    private static Queued cursor(String after) throws QueueException {
        int colon = after.indexOf(':');
        return new Queued(Asked.message(colon < 0 ? after : after.substring(0, colon)),
                QueueEntry.newBuilder().setRecipient(colon < 0 ? "" : after.substring(colon + 1)).build());
    }
}
