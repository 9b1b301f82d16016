package org.postel.mailbox.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.LocalDomain;
import org.postel.mailbox.dkim.DkimKeys;

/** {@code /api/v1/domains}: the domains whose mail is ours. */
@Path("/api/v1/domains")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Domains", description = "The domains whose mail is ours.")
@SecurityRequirement(name = OperatorFilter.SECURITY)
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

    /**
     * By name; the next part is where a link says (RFC 8288).
     *
     * @param after the last name of the part before
     */
    @GET
    @Operation(summary = "Lists domains", description = "By name, in parts as accounts. Needs domains:read.")
    @APIResponseSchema(value = DomainView[].class, responseCode = "200")
    @Needs(value = Scope.DOMAINS_READ, over = Reach.CONTENT)
    public Response list(@Context SecurityContext security, @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue(Parts.LIMIT) int limit) throws DirectoryException {
        List<DomainView> found = administration.domains().stream().filter(domain -> Acting.of(security).over(domain.name()))
                .filter(domain -> Parts.after(after).filter(last -> domain.name().compareTo(last) <= 0).isEmpty())
                .limit(Parts.limit(limit)).map(DomainView::of).toList();
        return Parts.response(found, found.size() < limit ? Optional.empty() : Optional.of(found.getLast().name()), "/api/v1/domains", limit, Map.of());
    }

    @POST
    @Operation(summary = "Adds a domain", description = "Keys to sign its mail are made with it. Needs domains:write.")
    @APIResponseSchema(value = DomainView.class, responseCode = "201")
    @Needs(value = Scope.DOMAINS_WRITE, over = Reach.EVERYTHING, act = "domain.add")
    public Response add(NewDomain wanted) throws DirectoryException {
        LocalDomain added = administration.addDomain(Given.text(wanted == null ? null : wanted.name(), "name"));
        keys.of(added.name());
        return Response.status(Response.Status.CREATED).entity(DomainView.of(added)).build();
    }

    @DELETE
    @Path("{domain}")
    @Operation(summary = "Removes a domain", description = "It must have no accounts and no aliases any more. Needs domains:write.")
    @Needs(value = Scope.DOMAINS_WRITE, over = Reach.EVERYTHING, act = "domain.remove")
    public void remove(@PathParam("domain") String name) throws DirectoryException {
        administration.removeDomain(name);
        keys.forget(name);
    }
}
