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
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.desk.QueueView.Entry;
import org.postel.mailbox.desk.QueueView.Page;
import org.postel.mailbox.desk.QueuedMail;
import org.postel.mailbox.transit.QueueException;
import org.postel.mailbox.transit.QueueFilter;
import org.postel.mailbox.transit.Transit;

/** {@code /api/v1/queue}: mail on its way, as the index knows it: some seconds late, and what no trace told is missing. */
@Path("/api/v1/queue")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Queue", description = "Mail on its way.")
@SecurityRequirement(name = OperatorFilter.SECURITY)
public class QueueResource {

    private final QueuedMail mail;

    @Inject
    public QueueResource(Transit transit) {
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
        return mail.list(Acting.of(security), filter, Parts.after(after), Asked.limit(limit));
    }

    /** All that is known to be queued of one message. */
    @GET
    @Path("{id}")
    @Operation(summary = "Shows what is queued of a message", description = "For each recipient where it waits, and why. Needs queue:read.")
    @Needs(value = Scope.QUEUE_READ, over = Reach.CONTENT)
    public List<Entry> show(@Context SecurityContext security, @PathParam("id") String id) throws QueueException {
        return mail.entries(Acting.of(security), QueuedMail.message(id));
    }
}
