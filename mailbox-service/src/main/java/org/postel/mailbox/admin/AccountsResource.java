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
import java.time.ZoneId;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.desk.OwnDomains;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.AccountGrace;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.Listing;
import org.postel.mailbox.storage.Quota;

/** {@code /api/v1/accounts}: who has mailboxes. */
@Path("/api/v1/accounts")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Accounts", description = "Who has mailboxes: addresses, what they may do, what they may hold.")
@SecurityRequirement(name = OperatorFilter.SECURITY)
public class AccountsResource {

    private final Administration administration;
    private final AccountGrace grace;
    private final ZoneId zone;

    /** @param zone whose days are meant */
    @Inject
    public AccountsResource(Administration administration, AccountGrace grace, ZoneId zone) {
        this.administration = administration;
        this.grace = grace;
        this.zone = zone;
    }

    /** What a new account is made of: a password, or its hash (Argon2id, as the reference implementation writes it). */
    public record NewAccount(String address, String password, String passwordHash) {
        @Override
        public String toString() {
            return "NewAccount[" + address + "]";
        }
    }

    /** Another password. */
    public record NewPassword(String password) {
        @Override
        public String toString() {
            return "NewPassword[]";
        }
    }

    /**
     * Of one domain, or of all, by domain and address. A part may be short, or empty, and have a next one (RFC 8288, {@code rel="next"}).
     *
     * @param after the last address of the part before
     */
    @GET
    @Operation(summary = "Lists accounts", description = "Of one domain, or of all, by domain and address. A part may be short, or empty, and have a next one; the header Link says where it is. Needs accounts:read.")
    @APIResponseSchema(value = AccountView[].class, responseCode = "200")
    @Needs(value = Scope.ACCOUNTS_READ, over = Reach.CONTENT)
    public Response list(@Context SecurityContext security, @QueryParam("domain") String domain, @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue(Parts.LIMIT) int limit) throws DirectoryException {
        Listing.Part<Account> part = administration.accounts(OwnDomains.asked(Acting.of(security), administration, domain), Parts.after(after), Parts.limit(limit));
        return Parts.response(part.items().stream().map(AccountView::of).toList(), part.next(), "/api/v1/accounts", limit, Parts.asked("domain", domain));
    }

    @POST
    @Operation(summary = "Adds an account", description = "Adds its domain too when that is missing, if the caller administers everything. Needs accounts:write.")
    @APIResponseSchema(value = AccountView.class, responseCode = "201")
    @Needs(value = Scope.ACCOUNTS_WRITE, over = Reach.CONTENT, act = "account.add")
    public Response add(@Context SecurityContext security, NewAccount wanted) throws DirectoryException {
        String address = Given.text(wanted == null ? null : wanted.address(), "address");
        OwnDomains.forNew(Acting.of(security), administration, address);
        if ((wanted.password() == null) == (wanted.passwordHash() == null)) {
            throw new DirectoryException(DirectoryException.Fault.INVALID, "give either \"password\" or \"passwordHash\"");
        }
        Account added = wanted.passwordHash() == null ? administration.addAccount(address, Given.text(wanted.password(), "password"))
                : administration.addAccountWithHash(address, wanted.passwordHash());
        return Response.status(Response.Status.CREATED).entity(AccountView.of(added)).build();
    }

    /** One account, with the tag of its state. */
    @GET
    @Path("{address}")
    @Operation(summary = "Shows an account", description = "With the tag of its state (ETag), to be given as If-Match of a change. Needs accounts:read.")
    @APIResponseSchema(value = AccountView.class, responseCode = "200")
    @Needs(value = Scope.ACCOUNTS_READ, over = Reach.PATH)
    public Response one(@PathParam("address") String address) throws DirectoryException {
        return shown(administration.account(address));
    }

    /** Changes what a merge patch (RFC 7396) names, and with If-Match only the state that the client saw. */
    @PATCH
    @Path("{address}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @Operation(summary = "Changes an account", description = "A JSON merge patch (RFC 7396): what it does not name stays as it is. With If-Match only the state that the client saw is changed; else the answer is 412. The days of a vacation are those of the time zone of the people served. Needs accounts:write.")
    @APIResponseSchema(value = AccountView.class, responseCode = "200")
    @Needs(value = Scope.ACCOUNTS_WRITE, over = Reach.PATH, act = "account.change")
    public Response patch(@PathParam("address") String address, @HeaderParam("If-Match") String ifMatch, String body) throws DirectoryException {
        AccountPatch patch = AccountPatch.of(body, zone);
        return shown(administration.change(address, before -> {
            EntityTags.check(ifMatch, AccountView.of(before).tag());
            return patch.of(before);
        }));
    }

    private static Response shown(Account account) {
        AccountView view = AccountView.of(account);
        return Response.ok(view).header(HttpHeaders.ETAG, view.tag()).build();
    }

    @PUT
    @Path("{address}/password")
    @Operation(summary = "Gives an account another password", description = "Its sessions end within a second; app passwords stay. Needs accounts:write.")
    @Needs(value = Scope.ACCOUNTS_WRITE, over = Reach.PATH, act = "account.password")
    public void changePassword(@PathParam("address") String address, NewPassword wanted) throws DirectoryException {
        administration.changePassword(address, Given.text(wanted == null ? null : wanted.password(), "password"));
    }

    /** What an account may hold, null: without limit; and what it holds. */
    public record QuotaView(Long bytes, Long messages, long heldBytes, long heldMessages) {

        static QuotaView of(Administration.AccountQuota quota) {
            return new QuotaView(boxed(quota.limits().bytes()), boxed(quota.limits().messages()), quota.held().bytes(), quota.held().messages());
        }

        /** Names what it may hold, whatever it holds: RFC 9110 §8.8.3. */
        String tag() {
            return EntityTags.of(bytes + " " + messages);
        }
    }

    /** What an account may hold from now on; null or missing: without limit. */
    public record NewQuota(Long bytes, Long messages) {}

    @GET
    @Path("{address}/quota")
    @Operation(summary = "Shows what an account may hold, and holds", description = "Null is no limit. What it holds is summed over all its mailboxes. The tag (ETag) is that of the limits. Needs accounts:read.")
    @APIResponseSchema(value = QuotaView.class, responseCode = "200")
    @Needs(value = Scope.ACCOUNTS_READ, over = Reach.PATH)
    public Response quota(@PathParam("address") String address) throws DirectoryException {
        QuotaView view = QuotaView.of(administration.quota(address));
        return Response.ok(view).header(HttpHeaders.ETAG, view.tag()).build();
    }

    @PUT
    @Path("{address}/quota")
    @Operation(summary = "Says what an account may hold", description = "Null or missing is no limit. What is there already stays. With If-Match only the limits that the client saw are changed; else the answer is 412. Needs accounts:write.")
    @Needs(value = Scope.ACCOUNTS_WRITE, over = Reach.PATH, act = "account.quota")
    public void limit(@PathParam("address") String address, @HeaderParam("If-Match") String ifMatch, NewQuota wanted) throws DirectoryException {
        if (wanted == null || negative(wanted.bytes()) || negative(wanted.messages())) {
            throw new DirectoryException(DirectoryException.Fault.INVALID, "a quota is a number of bytes or messages, or null");
        }
        if (ifMatch != null) {
            EntityTags.check(ifMatch, QuotaView.of(administration.quota(address)).tag());
        }
        administration.limit(address, new Quota(limit(wanted.bytes()), limit(wanted.messages())));
    }

    private static boolean negative(Long limit) {
        return limit != null && limit < 0;
    }

    private static OptionalLong limit(Long given) {
        return given == null ? OptionalLong.empty() : OptionalLong.of(given);
    }

    private static Long boxed(OptionalLong limit) {
        return limit.isPresent() ? limit.getAsLong() : null;
    }

    @DELETE
    @Path("{address}")
    @Operation(summary = "Removes an account", description = "Nobody logs in any more, and mail to it is refused; aliases that name it stay. For the time of grace it can be restored, unless it is to go now. Needs accounts:write.")
    @Needs(value = Scope.ACCOUNTS_WRITE, over = Reach.PATH, act = "account.remove")
    public void remove(@PathParam("address") String address, @QueryParam("now") @DefaultValue("false") boolean now) throws DirectoryException {
        if (now) {
            grace.removeNow(address);
        } else {
            grace.delete(address);
        }
    }

    @POST
    @Path("{address}/restore")
    @Operation(summary = "Restores a deleted account", description = "With its mail, password and settings, while its time of grace is not over. Needs accounts:write.")
    @APIResponseSchema(value = AccountView.class, responseCode = "200")
    @Needs(value = Scope.ACCOUNTS_WRITE, over = Reach.PATH, act = "account.restore")
    public Response restore(@PathParam("address") String address) throws DirectoryException {
        return shown(grace.restore(address));
    }
}
