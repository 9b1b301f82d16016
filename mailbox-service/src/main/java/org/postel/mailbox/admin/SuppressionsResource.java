package org.postel.mailbox.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.sending.Suppressions.Suppressed;
import org.postel.mailbox.sending.Suppressions;
import org.postel.mailbox.transit.QueueException;

/** {@code /api/v1/suppressions}: addresses that mail is not sent to, for their servers said that they do not exist. */
@Path("/api/v1/suppressions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Queue", description = "Mail on its way.")
@SecurityRequirement(name = OperatorFilter.SECURITY)
public class SuppressionsResource {

    private final Suppressions suppressions;

    @Inject
    public SuppressionsResource(Suppressions suppressions) {
        this.suppressions = suppressions;
    }

    /** An address as JSON. */
    public record SuppressionView(String address, String reply, String since) {
        static SuppressionView of(Suppressed suppressed) {
            return new SuppressionView(suppressed.address(), suppressed.reply(), suppressed.since().toString());
        }
    }

    /**
     * A part of the list.
     *
     * @param next what to give as {@code after} for the next part; null at the end
     */
    public record Page(List<SuppressionView> entries, String next) {}

    @GET
    @Operation(summary = "Lists addresses that mail is not sent to", description = "For their servers said that they do not exist. Needs queue:read.")
    @Needs(value = Scope.QUEUE_READ, over = Reach.EVERYTHING)
    public Page list(@QueryParam("after") String after, @QueryParam("limit") @DefaultValue(Asked.LIMIT) int limit) throws QueueException {
        List<SuppressionView> found = suppressions.list(Optional.ofNullable(after).filter(last -> !last.isEmpty()), Asked.limit(limit))
                .stream().map(SuppressionView::of).toList();
        return new Page(found, found.size() < limit ? null : found.getLast().address());
    }

    /** Mail to it is tried again. */
    @DELETE
    @Path("{address}")
    @Operation(summary = "Lets mail to an address be tried again", description = "Needs queue:write.")
    @Needs(value = Scope.QUEUE_WRITE, over = Reach.EVERYTHING, act = "suppression.remove")
    public void remove(@PathParam("address") String address) throws DirectoryException {
        if (!suppressions.remove(address)) {
            throw new DirectoryException(DirectoryException.Fault.MISSING, "mail to " + address + " is not suppressed");
        }
    }
}
