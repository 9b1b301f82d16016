package org.postel.mailbox.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.authority.Administrators;
import org.postel.mailbox.authority.Role;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.directory.DirectoryException;

/** {@code /api/v1/accounts/ADDRESS/role}: whether an account administers something. */
@Path("/api/v1/accounts/{address}/role")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Administrators", description = "Who administers, and what was done.")
@SecurityRequirement(name = OperatorFilter.SECURITY)
public class RolesResource {

    private static final int MOST_DOMAINS = 100;

    private final Administration administration;
    private final Administrators administrators;

    @Inject
    public RolesResource(Administration administration, Administrators administrators) {
        this.administration = administration;
        this.administrators = administrators;
    }

    /**
     * A role as JSON; an account without one has {@code false} and no domains.
     *
     * @param everywhere whether it administers everything
     * @param domains    those it administers, when it does not administer everything
     */
    public record RoleView(boolean everywhere, List<String> domains) {
        static RoleView of(Optional<Role> role) {
            return new RoleView(role.filter(given -> given.domains().isEmpty()).isPresent(),
                    role.flatMap(Role::domains).map(names -> names.stream().sorted().toList()).orElse(List.of()));
        }
    }

    @GET
    @Operation(summary = "Shows what an account administers", description = "Needs administrators.")
    @Needs(value = Scope.ADMINISTRATORS, over = Reach.EVERYTHING)
    public RoleView role(@PathParam("address") String address) throws DirectoryException {
        return RoleView.of(administrators.role(administration.account(address).id()));
    }

    /** Gives the account this role instead of any other; its tokens and sessions know within a second. */
    @PUT
    @Operation(summary = "Lets an account administer", description = "Everything, or some domains, instead of what it did before. Needs administrators.")
    @Needs(value = Scope.ADMINISTRATORS, over = Reach.EVERYTHING, act = "role.give")
    public RoleView give(@PathParam("address") String address, RoleView wanted) throws DirectoryException {
        boolean domains = wanted != null && wanted.domains() != null && !wanted.domains().isEmpty();
        if (wanted == null || wanted.everywhere() == domains || domains && wanted.domains().size() > MOST_DOMAINS) {
            throw new DirectoryException(Fault.INVALID, "a role is {\"everywhere\": true} or has 1 to " + MOST_DOMAINS + " \"domains\"");
        }
        Role role = wanted.everywhere() ? Role.GLOBAL : Role.of(Domains.canonical(wanted.domains()));
        administrators.appoint(administration.account(address).id(), Optional.of(role));
        return RoleView.of(Optional.of(role));
    }

    /** Takes any role away. */
    @DELETE
    @Operation(summary = "Takes the role of an account away", description = "Its tokens end with it, within a second. Needs administrators.")
    @Needs(value = Scope.ADMINISTRATORS, over = Reach.EVERYTHING, act = "role.take")
    public void take(@PathParam("address") String address) throws DirectoryException {
        administrators.appoint(administration.account(address).id(), Optional.empty());
    }
}
