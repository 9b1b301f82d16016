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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.AppPassword;
import org.postel.mailbox.directory.AppPasswords;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.identity.SessionProtocol;

/** {@code /api/v1/accounts/ADDRESS/app-passwords}: passwords for single programs. */
@Path("/api/v1/accounts/{address}/app-passwords")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "App passwords", description = "Passwords for single programs of an account.")
@SecurityRequirement(name = OperatorFilter.SECURITY)
public class AppPasswordsResource {

    private final Administration administration;
    private final AppPasswords apps;

    @Inject
    public AppPasswordsResource(Administration administration, AppPasswords apps) {
        this.administration = administration;
        this.apps = apps;
    }

    /**
     * One as JSON; times as RFC 3339 has them.
     *
     * @param lastUse null: never
     */
    public record AppPasswordView(String id, String name, List<String> protocols, String created, UseView lastUse) {
        static AppPasswordView of(AppPassword.Listed listed) {
            return new AppPasswordView(listed.password().id(), listed.password().name(), claims(listed.password()),
                    listed.password().created().toString(), listed.lastUse().map(UseView::of).orElse(null));
        }
    }

    /** When it opened a session last. */
    public record UseView(String at, String protocol, String address) {
        static UseView of(AppPassword.Use use) {
            return new UseView(use.at().toString(), use.protocol().claim(), use.address());
        }
    }

    /** What a new one is made of; without protocols it opens all. */
    public record NewAppPassword(String name, List<String> protocols) {}

    /** A new one, with the password that is shown here only. */
    public record MadeView(String id, String name, List<String> protocols, String password) {
        @Override
        public String toString() {
            return "MadeView[" + id + "]";
        }
    }

    @GET
    @Operation(summary = "Lists app passwords", description = "With their last use, and without the passwords. Needs accounts:read.")
    @Needs(value = Scope.ACCOUNTS_READ, over = Reach.PATH)
    public List<AppPasswordView> list(@PathParam("address") String address) throws DirectoryException {
        return apps.list(administration.account(address).id()).stream().map(AppPasswordView::of).toList();
    }

    @POST
    @Operation(summary = "Makes an app password", description = "The password is in this answer only. Needs accounts:write.")
    @APIResponseSchema(value = MadeView.class, responseCode = "201")
    @Needs(value = Scope.ACCOUNTS_WRITE, over = Reach.PATH, act = "app-password.add")
    public Response add(@PathParam("address") String address, NewAppPassword wanted) throws DirectoryException {
        String name = Given.text(wanted == null ? null : wanted.name(), "name");
        AppPasswords.Made made = apps.add(administration.account(address).id(), name, protocols(wanted.protocols()));
        return Response.status(Response.Status.CREATED)
                .entity(new MadeView(made.password().id(), name, claims(made.password()), made.text())).build();
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Removes an app password", description = "Its sessions end within a second. Needs accounts:write.")
    @Needs(value = Scope.ACCOUNTS_WRITE, over = Reach.PATH, act = "app-password.remove")
    public void remove(@PathParam("address") String address, @PathParam("id") String id) throws DirectoryException {
        apps.remove(administration.account(address).id(), id);
    }

    private static Set<SessionProtocol> protocols(List<String> given) throws DirectoryException {
        if (given == null) {
            return EnumSet.allOf(SessionProtocol.class);
        }
        Set<SessionProtocol> protocols = EnumSet.noneOf(SessionProtocol.class);
        for (String claim : Given.texts(given, "protocols")) {
            protocols.add(SessionProtocol.of(claim).orElseThrow(
                    () -> new DirectoryException(DirectoryException.Fault.INVALID, "a protocol is imap, pop3 or submission")));
        }
        return protocols;
    }

    private static List<String> claims(AppPassword password) {
        return password.protocols().stream().map(SessionProtocol::claim).sorted().toList();
    }
}
