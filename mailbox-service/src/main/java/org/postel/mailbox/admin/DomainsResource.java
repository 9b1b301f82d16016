package org.postel.mailbox.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
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

    /**
     * A domain as JSON.
     *
     * @param postmaster null while there is none
     * @param sending    how much all its accounts together may send, where that is not as configured
     */
    public record DomainView(String name, String postmaster, SendingView sending) {
        static DomainView of(LocalDomain domain) {
            return new DomainView(domain.name(), domain.postmaster().orElse(null), SendingView.of(domain.sending()));
        }

        /** Names this state of it: RFC 9110 §8.8.3. */
        String tag() {
            return EntityTags.of(toString());
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

    /** One domain, with the tag of its state. */
    @GET
    @Path("{domain}")
    @Operation(summary = "Shows a domain", description = "With the tag of its state (ETag), to be given as If-Match of a change. Needs domains:read.")
    @APIResponseSchema(value = DomainView.class, responseCode = "200")
    @Needs(value = Scope.DOMAINS_READ, over = Reach.PATH)
    public Response one(@PathParam("domain") String name) throws DirectoryException {
        return shown(administration.domain(name));
    }

    /** Changes what a merge patch (RFC 7396) names, and with If-Match only the state that the client saw. Limits are not for those whom they limit. */
    @PATCH
    @Path("{domain}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @Operation(summary = "Changes a domain", description = "How much all its accounts together may send, as a JSON merge patch (RFC 7396): what it does not name stays as it is. With If-Match only the state that the client saw is changed; else the answer is 412. For those who administer all domains. Needs domains:write.")
    @APIResponseSchema(value = DomainView.class, responseCode = "200")
    @Needs(value = Scope.DOMAINS_WRITE, over = Reach.EVERYTHING, act = "domain.change")
    public Response patch(@PathParam("domain") String name, @HeaderParam("If-Match") String ifMatch, String body) throws DirectoryException {
        DomainPatch patch = DomainPatch.of(body);
        return shown(administration.limitSending(name, before -> {
            EntityTags.check(ifMatch, DomainView.of(before).tag());
            return patch.of(before);
        }));
    }

    private static Response shown(LocalDomain domain) {
        DomainView view = DomainView.of(domain);
        return Response.ok(view).header(HttpHeaders.ETAG, view.tag()).build();
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
