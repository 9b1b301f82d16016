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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.LocalDomain;
import org.postel.mailbox.dkim.DkimKeys;

/** {@code /api/v1/domains}: the domains whose mail is ours. */
@Path("/api/v1/domains")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DomainsResource {

    private final Administration administration;
    private final DkimKeys keys;

    @Inject
    public DomainsResource(Administration administration, DkimKeys keys) {
        this.administration = administration;
        this.keys = keys;
    }

    /** A domain as JSON; {@code postmaster} is null while there is none. */
    public record DomainView(String name, String postmaster) {
        static DomainView of(LocalDomain domain) {
            return new DomainView(domain.name(), domain.postmaster().orElse(null));
        }
    }

    /** What a new domain is made of. */
    public record NewDomain(String name) {}

    @GET
    public List<DomainView> list() {
        return administration.domains().stream().map(DomainView::of).toList();
    }

    @POST
    public Response add(NewDomain wanted) throws DirectoryException {
        LocalDomain added = administration.addDomain(Given.text(wanted == null ? null : wanted.name(), "name"));
        keys.of(added.name());
        return Response.status(Response.Status.CREATED).entity(DomainView.of(added)).build();
    }

    @DELETE
    @Path("{name}")
    public void remove(@PathParam("name") String name) throws DirectoryException {
        administration.removeDomain(name);
        keys.forget(name);
    }
}
