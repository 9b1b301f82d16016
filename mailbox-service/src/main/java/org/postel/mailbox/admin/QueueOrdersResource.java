package org.postel.mailbox.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.transit.Operator;
import org.postel.mailbox.transit.QueueException;
import org.postel.mailbox.transit.Transit;
import org.postel.queue.QueueUnavailableException;

/** Orders about queued mail: durable once answered, carried out when a worker has the message in hand. */
@Path("/api/v1/queue")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Queue", description = "Mail on its way.")
@SecurityRequirement(name = OperatorFilter.SECURITY)
public class QueueOrdersResource {

    private static final int MOST_ENTRIES = 10_000;

    private final QueuedMail mail;

    @Inject
    public QueueOrdersResource(Transit transit) {
        this.mail = new QueuedMail(transit);
    }

    /** Whose mail is to be tried. */
    public record Destination(String domain) {}

    /** Tries what waits for a domain, 10,000 recipients at most. */
    @POST
    @Path("retry")
    @Operation(summary = "Tries mail at once", description = "One message, or what waits for a domain. Needs queue:write.")
    @Needs(value = Scope.QUEUE_WRITE, over = Reach.EVERYTHING, act = "queue.retry-domain")
    public Operator.Ordered retry(Destination destination) throws DirectoryException, QueueUnavailableException, InterruptedException {
        return mail.operator().retryDomain(Given.text(destination == null ? null : destination.domain(), "domain"), MOST_ENTRIES);
    }

    @POST
    @Path("{id}/retry")
    @Operation(summary = "Tries mail at once", description = "One message, or what waits for a domain. Needs queue:write.")
    @Needs(value = Scope.QUEUE_WRITE, over = Reach.CONTENT, act = "queue.retry")
    public void retry(@Context SecurityContext security, @PathParam("id") String id) throws QueueException, QueueUnavailableException, InterruptedException {
        mail.operator().retry(mail.own(Acting.of(security), Asked.message(id)));
    }

    @POST
    @Path("{id}/hold")
    @Operation(summary = "Holds a message", description = "As soon as a worker has it in hand. Needs queue:write.")
    @Needs(value = Scope.QUEUE_WRITE, over = Reach.CONTENT, act = "queue.hold")
    public void hold(@Context SecurityContext security, @PathParam("id") String id) throws QueueException, QueueUnavailableException, InterruptedException {
        mail.operator().hold(mail.own(Acting.of(security), Asked.message(id)));
    }

    @POST
    @Path("{id}/release")
    @Operation(summary = "Lets a held message go on", description = "With the whole time to deliver it. Needs queue:write.")
    @Needs(value = Scope.QUEUE_WRITE, over = Reach.CONTENT, act = "queue.release")
    public void release(@Context SecurityContext security, @PathParam("id") String id) throws QueueException, QueueUnavailableException, InterruptedException {
        mail.operator().release(mail.own(Acting.of(security), Asked.message(id)));
    }

    @POST
    @Path("{id}/bounce")
    @Operation(summary = "Gives a message up and tells its sender", description = "As soon as a worker has it in hand. Needs queue:write.")
    @Needs(value = Scope.QUEUE_WRITE, over = Reach.CONTENT, act = "queue.bounce")
    public void bounce(@Context SecurityContext security, @PathParam("id") String id) throws QueueException, QueueUnavailableException, InterruptedException {
        mail.operator().bounce(mail.own(Acting.of(security), Asked.message(id)));
    }

    @POST
    @Path("{id}/delete")
    @Operation(summary = "Gives a message up without a word", description = "As soon as a worker has it in hand. Needs queue:write.")
    @Needs(value = Scope.QUEUE_WRITE, over = Reach.CONTENT, act = "queue.delete")
    public void delete(@Context SecurityContext security, @PathParam("id") String id) throws QueueException, QueueUnavailableException, InterruptedException {
        mail.operator().delete(mail.own(Acting.of(security), Asked.message(id)));
    }
}
