package org.postel.mailbox.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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
public class QueueOrdersResource {

    private static final int MOST_ENTRIES = 10_000;

    private final Operator operator;

    @Inject
    public QueueOrdersResource(Transit transit) {
        this.operator = transit.operator();
    }

    /** Whose mail is to be tried. */
    public record Destination(String domain) {}

    /** Tries what waits for a domain, 10,000 recipients at most. */
    @POST
    @Path("retry")
    public Operator.Ordered retry(Destination destination) throws DirectoryException, QueueUnavailableException, InterruptedException {
        return operator.retryDomain(Given.text(destination == null ? null : destination.domain(), "domain"), MOST_ENTRIES);
    }

    @POST
    @Path("{id}/retry")
    public void retry(@PathParam("id") String id) throws QueueException, QueueUnavailableException, InterruptedException {
        operator.retry(Asked.message(id));
    }

    @POST
    @Path("{id}/hold")
    public void hold(@PathParam("id") String id) throws QueueException, QueueUnavailableException, InterruptedException {
        operator.hold(Asked.message(id));
    }

    @POST
    @Path("{id}/release")
    public void release(@PathParam("id") String id) throws QueueException, QueueUnavailableException, InterruptedException {
        operator.release(Asked.message(id));
    }

    @POST
    @Path("{id}/bounce")
    public void bounce(@PathParam("id") String id) throws QueueException, QueueUnavailableException, InterruptedException {
        operator.bounce(Asked.message(id));
    }

    @POST
    @Path("{id}/delete")
    public void delete(@PathParam("id") String id) throws QueueException, QueueUnavailableException, InterruptedException {
        operator.delete(Asked.message(id));
    }
}
