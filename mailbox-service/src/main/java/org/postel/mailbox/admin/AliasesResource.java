package org.postel.mailbox.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.desk.OwnDomains;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.Destination;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryStore.AddressEntry;
import org.postel.mailbox.directory.Listing;

/** {@code /api/v1/aliases}: addresses that lead to other addresses. */
@Path("/api/v1/aliases")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Aliases", description = "Addresses that lead to other addresses; one with several targets is a group.")
@SecurityRequirement(name = OperatorFilter.SECURITY)
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

        /** Names this state of it: RFC 9110 §8.8.3. */
        String tag() {
            return EntityTags.of(toString());
        }
    }

    /**
     * Of one domain, or of all, by domain and address. A part may be short, or empty, and have a next one (RFC 8288, {@code rel="next"}).
     *
     * @param after the last address of the part before
     */
    @GET
    @Operation(summary = "Lists aliases", description = "Of one domain, or of all, by domain and address, in parts as accounts. Needs aliases:read.")
    @APIResponseSchema(value = AliasView[].class, responseCode = "200")
    @Needs(value = Scope.ALIASES_READ, over = Reach.CONTENT)
    public Response list(@Context SecurityContext security, @QueryParam("domain") String domain, @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue(Parts.LIMIT) int limit) throws DirectoryException {
        Listing.Part<AddressEntry> part = administration.aliases(OwnDomains.asked(Acting.of(security), administration, domain), Parts.after(after), Parts.limit(limit));
        return Parts.response(part.items().stream().map(AliasView::of).toList(), part.next(), "/api/v1/aliases", limit, Parts.asked("domain", domain));
    }

    @POST
    @Operation(summary = "Adds an alias", description = "Its domain must be there; its 1 to 100 targets may be anywhere. Needs aliases:write.")
    @APIResponseSchema(value = AliasView.class, responseCode = "201")
    @Needs(value = Scope.ALIASES_WRITE, over = Reach.CONTENT, act = "alias.add")
    public Response add(@Context SecurityContext security, AliasView wanted) throws DirectoryException {
        String address = Given.text(wanted == null ? null : wanted.address(), "address");
        OwnDomains.forNew(Acting.of(security), administration, address);
        AddressEntry added = administration.addAlias(address, Given.texts(wanted.targets(), "targets"));
        return Response.status(Response.Status.CREATED).entity(AliasView.of(added)).build();
    }

    /** Other targets for an alias. */
    public record Targets(List<String> targets) {}

    /** One alias, with the tag of its state. */
    @GET
    @Path("{address}")
    @Operation(summary = "Shows an alias", description = "With the tag of its state (ETag), to be given as If-Match of a change. Needs aliases:read.")
    @APIResponseSchema(value = AliasView.class, responseCode = "200")
    @Needs(value = Scope.ALIASES_READ, over = Reach.PATH)
    public Response one(@PathParam("address") String address) throws DirectoryException {
        return shown(administration.alias(address));
    }

    /** Lets an alias lead elsewhere, and with If-Match only where it leads where the client saw. */
    @PUT
    @Path("{address}")
    @Operation(summary = "Lets an alias lead elsewhere", description = "At no moment it leads nowhere. With If-Match only the state that the client saw is changed; else the answer is 412. Needs aliases:write.")
    @APIResponseSchema(value = AliasView.class, responseCode = "200")
    @Needs(value = Scope.ALIASES_WRITE, over = Reach.PATH, act = "alias.change")
    public Response change(@PathParam("address") String address, @HeaderParam("If-Match") String ifMatch, Targets wanted) throws DirectoryException {
        List<String> targets = Given.texts(wanted == null ? null : wanted.targets(), "targets");
        return shown(administration.changeAlias(address, before -> {
            EntityTags.check(ifMatch, AliasView.of(before).tag());
            return targets;
        }));
    }

    private static Response shown(AddressEntry entry) {
        AliasView view = AliasView.of(entry);
        return Response.ok(view).header(HttpHeaders.ETAG, view.tag()).build();
    }

    @DELETE
    @Path("{address}")
    @Operation(summary = "Removes an alias", description = "Mail to it is refused from then on. Needs aliases:write.")
    @Needs(value = Scope.ALIASES_WRITE, over = Reach.PATH, act = "alias.remove")
    public void remove(@PathParam("address") String address) throws DirectoryException {
        administration.removeAlias(address);
    }
}
