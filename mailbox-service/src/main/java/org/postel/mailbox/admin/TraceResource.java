package org.postel.mailbox.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.postel.mail.QueueId;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.transit.QueueException;
import org.postel.mailbox.transit.Transit;
import org.postel.queue.v1.TraceEvent;

/** {@code /api/v1/trace}: which way a message went, as far as traces tell. */
@Path("/api/v1/trace")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Queue", description = "Mail on its way.")
@SecurityRequirement(name = OperatorFilter.SECURITY)
public class TraceResource {

    private final Transit transit;

    @Inject
    public TraceResource(Transit transit) {
        this.transit = transit;
    }

    /** One message: several may have one Message-ID. */
    public record Journey(String id, List<Step> steps) {}

    /** One step; recipient and original are null when it is about the whole message, or no alias led there. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Step(String at, String step, String recipient, String original, String detail, String host) {
        static Step of(TraceEvent event) {
            return new Step(QueueView.time(event.getAt()), event.getStep(), event.getRecipient(), event.getOriginal(), event.getDetail(), event.getHost());
        }
    }

    /** @param id a Message-ID (RFC 5322 §3.6.4), with or without its angle brackets, or a queue id */
    @GET
    @Operation(summary = "Says where a message is, or went", description = "By Message-ID or queue id; several messages may have one Message-ID. Needs queue:read.")
    @Needs(value = Scope.QUEUE_READ, over = Reach.CONTENT)
    public List<Journey> trace(@Context SecurityContext security, @QueryParam("id") String id) throws QueueException {
        if (id == null || id.isBlank()) {
            throw new QueueException(QueueException.Fault.INVALID, "give a Message-ID or a queue id as id");
        }
        List<Journey> journeys = new ArrayList<>();
        for (QueueId message : messages(id.strip())) {
            List<Step> steps = QueuedMail.seen(Acting.of(security), transit.journeys().of(message)).stream().map(Step::of).toList();
            if (!steps.isEmpty()) {
                journeys.add(new Journey(message.toString(), steps));
            }
        }
        if (journeys.isEmpty()) {
            throw new QueueException(QueueException.Fault.UNKNOWN, "no message of that name passed, or it is too long ago: " + id);
        }
        return journeys;
    }

    private List<QueueId> messages(String id) throws QueueException {
        if (id.indexOf('@') < 0 && id.indexOf('<') < 0) {
            return List.of(Asked.message(id));
        }
        return transit.journeys().named(id.startsWith("<") ? id : "<" + id + ">");
    }
}
