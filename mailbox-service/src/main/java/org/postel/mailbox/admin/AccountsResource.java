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
import java.util.OptionalLong;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.Listing;
import org.postel.mailbox.storage.Quota;

/** {@code /api/v1/accounts}: who has mailboxes. */
@Path("/api/v1/accounts")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AccountsResource {

    private final Administration administration;

    @Inject
    public AccountsResource(Administration administration) {
        this.administration = administration;
    }

    /** What a new account is made of. */
    public record NewAccount(String address, String password) {
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
    @Needs(value = Scope.ACCOUNTS_READ, over = Reach.CONTENT)
    public Response list(@Context SecurityContext security, @QueryParam("domain") String domain, @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue(Parts.LIMIT) int limit) throws DirectoryException {
        Listing.Part<Account> part = administration.accounts(Domains.asked(security, administration, domain), Parts.after(after), Parts.limit(limit));
        return Parts.response(part.items().stream().map(AccountView::of).toList(), part.next(), "/api/v1/accounts", limit, Parts.asked("domain", domain));
    }

    @POST
    @Needs(value = Scope.ACCOUNTS_WRITE, over = Reach.CONTENT, act = "account.add")
    public Response add(@Context SecurityContext security, NewAccount wanted) throws DirectoryException {
        String address = Given.text(wanted == null ? null : wanted.address(), "address");
        Domains.forNew(security, administration, address);
        Account added = administration.addAccount(address, Given.text(wanted.password(), "password"));
        return Response.status(Response.Status.CREATED).entity(AccountView.of(added)).build();
    }

    /** One account, with the tag of its state. */
    @GET
    @Path("{address}")
    @Needs(value = Scope.ACCOUNTS_READ, over = Reach.PATH)
    public Response one(@PathParam("address") String address) throws DirectoryException {
        return shown(administration.account(address));
    }

    /** Changes what a merge patch (RFC 7396) names, and with If-Match only the state that the client saw. */
    @PATCH
    @Path("{address}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @Needs(value = Scope.ACCOUNTS_WRITE, over = Reach.PATH, act = "account.change")
    public Response patch(@PathParam("address") String address, @HeaderParam("If-Match") String ifMatch, String body) throws DirectoryException {
        AccountPatch patch = AccountPatch.of(body);
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
    @Needs(value = Scope.ACCOUNTS_WRITE, over = Reach.PATH, act = "account.password")
    public void changePassword(@PathParam("address") String address, NewPassword wanted) throws DirectoryException {
        administration.changePassword(address, Given.text(wanted == null ? null : wanted.password(), "password"));
    }

    /** What an account may hold, null: without limit; and what it holds. */
    public record QuotaView(Long bytes, Long messages, long heldBytes, long heldMessages) {}

    /** What an account may hold from now on; null or missing: without limit. */
    public record NewQuota(Long bytes, Long messages) {}

    @GET
    @Path("{address}/quota")
    @Needs(value = Scope.ACCOUNTS_READ, over = Reach.PATH)
    public QuotaView quota(@PathParam("address") String address) throws DirectoryException {
        Administration.AccountQuota quota = administration.quota(address);
        return new QuotaView(boxed(quota.limits().bytes()), boxed(quota.limits().messages()), quota.held().bytes(), quota.held().messages());
    }

    @PUT
    @Path("{address}/quota")
    @Needs(value = Scope.ACCOUNTS_WRITE, over = Reach.PATH, act = "account.quota")
    public void limit(@PathParam("address") String address, NewQuota wanted) throws DirectoryException {
        if (wanted == null || negative(wanted.bytes()) || negative(wanted.messages())) {
            throw new DirectoryException(DirectoryException.Fault.INVALID, "a quota is a number of bytes or messages, or null");
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
    @Needs(value = Scope.ACCOUNTS_WRITE, over = Reach.PATH, act = "account.remove")
    public void remove(@PathParam("address") String address) throws DirectoryException {
        administration.removeAccount(address);
    }
}
