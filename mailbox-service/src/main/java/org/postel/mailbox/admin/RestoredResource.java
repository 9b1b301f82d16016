package org.postel.mailbox.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.storage.Restored;

/** {@code /api/v1/restored}: what follows a restore of Cassandra from a backup. */
@Path("/api/v1/restored")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Accounts", description = "Who has mailboxes: addresses, what they may do, what they may hold.")
@SecurityRequirement(name = OperatorFilter.SECURITY)
public class RestoredResource {

    private final Restored restored;

    @Inject
    public RestoredResource(Restored restored) {
        this.restored = restored;
    }

    /**
     * What was done, as JSON.
     *
     * @param next what to give as {@code after} for the next part; null at the end
     */
    public record PartView(int accounts, int mailboxes, String next) {}

    @POST
    @Path("mailboxes")
    @Operation(summary = "Lets restored mailboxes go on beyond what they had given",
            description = "Of some accounts, 100 unless limit says so and 1000 at most: no UID and no MODSEQ that was given after the backup is given again. Needs accounts:write.")
    @Needs(value = Scope.ACCOUNTS_WRITE, over = Reach.EVERYTHING, act = "mailboxes.advance")
    public PartView advance(@QueryParam("after") String after, @QueryParam("limit") @DefaultValue(Parts.LIMIT) int limit) throws DirectoryException {
        Restored.Part part = restored.advance(account(after), Parts.limit(limit));
        return new PartView(part.accounts(), part.mailboxes(), part.next().map(UUID::toString).orElse(null));
    }

    private static Optional<UUID> account(String after) throws DirectoryException {
        try {
            return Parts.after(after).map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            throw new DirectoryException(DirectoryException.Fault.INVALID, "after is what a part before gave as next");
        }
    }
}
