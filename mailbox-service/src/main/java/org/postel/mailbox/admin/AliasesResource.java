package org.postel.mailbox.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.Destination;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryStore.AddressEntry;

/** {@code /api/v1/aliases}: addresses that lead to other addresses. */
@Path("/api/v1/aliases")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AliasesResource {

    private final Administration administration;

    @Inject
    public AliasesResource(Administration administration) {
        this.administration = administration;
    }

    /** An alias as JSON, and what a new one is made of. */
    public record AliasView(String address, List<String> targets) {
        static AliasView of(AddressEntry entry) {
            return new AliasView(entry.address().toString(), switch (entry.destination()) {
                case Destination.OfAlias alias -> alias.targets();
                case Destination.OfAccount account -> List.of();
            });
        }
    }

    /** Of one domain, or of all. */
    @GET
    public List<AliasView> list(@QueryParam("domain") String domain) throws DirectoryException {
        List<AliasView> views = new ArrayList<>();
        for (String each : Domains.asked(administration, domain)) {
            administration.aliases(each).forEach(entry -> views.add(AliasView.of(entry)));
        }
        return views;
    }

    @POST
    public Response add(AliasView wanted) throws DirectoryException {
        String address = Given.text(wanted == null ? null : wanted.address(), "address");
        AddressEntry added = administration.addAlias(address, Given.texts(wanted.targets(), "targets"));
        return Response.status(Response.Status.CREATED).entity(AliasView.of(added)).build();
    }

    @DELETE
    @Path("{address}")
    public void remove(@PathParam("address") String address) throws DirectoryException {
        administration.removeAlias(address);
    }
}
