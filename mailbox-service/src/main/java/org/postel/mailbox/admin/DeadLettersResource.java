package org.postel.mailbox.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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
import org.postel.mail.QueueId;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.admin.QueueView.Entry;
import org.postel.mailbox.admin.QueueView.Page;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.transit.QueueException;
import org.postel.mailbox.transit.RestingMail;
import org.postel.mailbox.transit.Transit;
import org.postel.queue.QueueUnavailableException;
import org.postel.queue.Topics;

/** {@code /api/v1/dead-letters}: mail that nothing could be done with, until an operator replays it. */
@Path("/api/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Queue", description = "Mail on its way.")
@SecurityRequirement(name = OperatorFilter.SECURITY)
public class DeadLettersResource {

    private final Transit transit;
    private final QueuedMail mail;

    @Inject
    public DeadLettersResource(Transit transit) {
        this.transit = transit;
        this.mail = new QueuedMail(transit);
    }

    /** What an order led to. */
    public record Replayed(int records) {}

    /**
     * The oldest messages first.
     *
     * @param after {@code next} of the page before
     */
    @GET
    @Operation(summary = "Lists dead letters", description = "Mail that nothing could be done with, the oldest first. Needs queue:read.")
    @Needs(value = Scope.QUEUE_READ, over = Reach.CONTENT)
    public Page list(@Context SecurityContext security, @QueryParam("after") String after, @QueryParam("limit") @DefaultValue(Asked.LIMIT) int limit) throws QueueException {
        Optional<QueueId> last = after == null || after.isEmpty() ? Optional.empty() : Optional.of(Asked.message(after));
        List<RestingMail.Record> dead = transit.resting().list(Topics.DEAD, last, Asked.limit(limit));
        return new Page(dead.stream().filter(record -> QueuedMail.reaches(Acting.of(security), record.record().getSender(), record.record().getRecipientList()))
                .map(record -> Entry.of(record, QueuedMail.DEAD)).toList(),
                dead.size() < limit ? null : dead.getLast().message().toString());
    }

    /** To be tried again, with the whole time to deliver it. */
    @POST
    @Path("{id}/replay")
    @Operation(summary = "Tries a dead letter once more", description = "With the whole time to deliver it. Needs queue:write.")
    @Needs(value = Scope.QUEUE_WRITE, over = Reach.CONTENT, act = "queue.replay")
    public Replayed replay(@Context SecurityContext security, @PathParam("id") String id) throws QueueException, QueueUnavailableException, InterruptedException {
        return new Replayed(mail.operator().replay(mail.own(Acting.of(security), Asked.message(id))));
    }
}
