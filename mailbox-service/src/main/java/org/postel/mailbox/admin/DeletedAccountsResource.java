package org.postel.mailbox.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.AccountGrace;

/** {@code /api/v1/deleted-accounts}: accounts that can be restored. */
@Path("/api/v1/deleted-accounts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Accounts", description = "Who has mailboxes: addresses, what they may do, what they may hold.")
@SecurityRequirement(name = OperatorFilter.SECURITY)
public class DeletedAccountsResource {

    private final AccountGrace grace;

    @Inject
    public DeletedAccountsResource(AccountGrace grace) {
        this.grace = grace;
    }

    /** One as JSON; times as RFC 3339 has them. */
    public record DeletedView(String address, String since, String removed) {}

    @GET
    @Operation(summary = "Lists deleted accounts", description = "Those that can be restored, with the time at which they are removed. Needs accounts:read.")
    @Needs(value = Scope.ACCOUNTS_READ, over = Reach.CONTENT)
    public List<DeletedView> list(@Context SecurityContext security) {
        return grace.list().stream().filter(deleted -> Acting.of(security).overAddress(deleted.address()))
                .map(deleted -> new DeletedView(deleted.address(), deleted.since().toString(), grace.end(deleted).toString())).toList();
    }
}
