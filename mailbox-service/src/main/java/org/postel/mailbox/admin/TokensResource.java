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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.authority.ApiToken;
import org.postel.mailbox.authority.ApiTokens;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;

/** {@code /api/v1/tokens}: what programs call this API with. */
@Path("/api/v1/tokens")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Administrators", description = "Who administers, and what was done.")
@SecurityRequirement(name = OperatorFilter.SECURITY)
public class TokensResource {

    private static final int USUAL_DAYS = 30;

    private final ApiTokens tokens;
    private final Administration administration;

    @Inject
    public TokensResource(ApiTokens tokens, Administration administration) {
        this.tokens = tokens;
        this.administration = administration;
    }

    /**
     * A token as JSON; times as RFC 3339 has them.
     *
     * @param domains those it is limited to; null: all
     * @param maker   who made it
     */
    public record TokenView(String id, String name, List<String> scopes, List<String> domains, String maker, String created, String ends) {
        static TokenView of(ApiToken token) {
            return new TokenView(token.id(), token.name(), token.scopes().stream().map(Scope::word).sorted().toList(),
                    token.domains().map(names -> names.stream().sorted().toList()).orElse(null), token.maker(), token.created().toString(),
                    token.ends().toString());
        }
    }

    /**
     * What a new one is made of.
     *
     * @param name    for people
     * @param domains those it is limited to; null: all
     * @param account whose role it is good within; null: nobody's
     * @param days    that it lives, 1 to 366; null: 30
     */
    public record NewToken(String name, List<String> scopes, List<String> domains, String account, Integer days) {}

    /** A new one, with the text that is shown here only. */
    public record MadeToken(TokenView token, String text) {
        @Override
        public String toString() {
            return "MadeToken[" + token.id() + "]";
        }
    }

    @GET
    @Operation(summary = "Lists tokens", description = "Without their texts. Needs administrators.")
    @Needs(value = Scope.ADMINISTRATORS, over = Reach.EVERYTHING)
    public List<TokenView> list() {
        return tokens.list().stream().map(TokenView::of).toList();
    }

    @POST
    @Operation(summary = "Makes a token", description = "Its text is in this answer only. With an account it is good within the role of that account. Needs administrators.")
    @APIResponseSchema(value = MadeToken.class, responseCode = "201")
    @Needs(value = Scope.ADMINISTRATORS, over = Reach.EVERYTHING, act = "token.create")
    public Response create(@Context SecurityContext security, NewToken wanted) throws DirectoryException {
        String name = Given.text(wanted == null ? null : wanted.name(), "name");
        Optional<UUID> account = wanted.account() == null ? Optional.empty() : Optional.of(administration.account(wanted.account()).id());
        ApiTokens.Made made = tokens.make(Acting.of(security), new ApiTokens.Wish(name, scopes(Given.texts(wanted.scopes(), "scopes")),
                wanted.domains() == null ? Optional.empty() : Optional.of(Domains.canonical(wanted.domains())), account,
                wanted.days() == null ? USUAL_DAYS : wanted.days()));
        return Response.status(Response.Status.CREATED).entity(new MadeToken(TokenView.of(made.token()), made.text())).build();
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Revokes a token", description = "It opens nothing any more within a second. Needs administrators.")
    @Needs(value = Scope.ADMINISTRATORS, over = Reach.EVERYTHING, act = "token.revoke")
    public void revoke(@PathParam("id") String id) throws DirectoryException {
        tokens.revoke(id);
    }

    private static Set<Scope> scopes(List<String> words) throws DirectoryException {
        Set<Scope> scopes = new HashSet<>();
        for (String word : words) {
            scopes.add(Scope.of(word).orElseThrow(() -> new DirectoryException(DirectoryException.Fault.INVALID,
                    "a scope is one of " + EnumSet.allOf(Scope.class).stream().filter(Scope::grantable).map(Scope::word).toList())));
        }
        return scopes;
    }
}
