package org.postel.mailbox.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.postel.mail.rule.RuleSet;
import org.postel.mail.rule.SieveScript;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.rule.AccountRules;

/** {@code /api/v1/accounts/ADDRESS/rules}: what happens to an account's mail when it comes. */
@Path("/api/v1/accounts/{address}/rules")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Rules", description = "What happens to an account's mail when it comes.")
@SecurityRequirement(name = OperatorFilter.SECURITY)
public class RulesResource {

    /** What the server takes in one request. */
    private static final int LONGEST = 64 << 10;
    /** A name that is mistyped is no condition that is always true. */
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

    static {
        JSON.coercionConfigFor(LogicalType.Boolean).setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.String, CoercionAction.Fail);
    }

    private final Administration administration;
    private final AccountRules rules;

    @Inject
    public RulesResource(Administration administration, AccountRules rules) {
        this.administration = administration;
        this.rules = rules;
    }

    /**
     * All rules as JSON, in the order they are asked in.
     *
     * @param since they are for mail that is accepted from then on, as RFC 3339 has it; null: there never were any. Not read
     */
    public record RulesView(List<RuleView> rules, String since) {

        static RulesView of(AccountRules.Saved saved) {
            return new RulesView(saved.rules().rules().stream().map(RuleView::of).toList(), saved.since().map(Instant::toString).orElse(null));
        }

        /** Names this state of them: RFC 9110 §8.8.3. */
        String tag() {
            return EntityTags.of(toString());
        }
    }

    @GET
    @Needs(value = Scope.ACCOUNTS_READ, over = Reach.PATH)
    @Operation(summary = "Rules of an account", description = "In the order they are asked in. Needs accounts:read.")
    @APIResponseSchema(RulesView.class)
    public Response all(@PathParam("address") String address) throws DirectoryException {
        return shown(rules.of(administration.account(address).id()));
    }

    /** As a script of RFC 5228 for another server. */
    @GET
    @Path("sieve")
    @Produces("application/sieve")
    @Needs(value = Scope.ACCOUNTS_READ, over = Reach.PATH)
    @Operation(summary = "Rules as a Sieve script", description = "For another server (RFC 5228). Needs accounts:read.")
    public String sieve(@PathParam("address") String address) throws DirectoryException {
        return SieveScript.of(rules.of(administration.account(address).id()).rules());
    }

    /** Takes the place of all rules; with If-Match only of those that the client saw. Folders that are missing are created. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(value = Scope.ACCOUNTS_WRITE, over = Reach.PATH, act = "account.rules")
    @Operation(summary = "Replace the rules", description = "All of them; folders that are missing are created. Needs accounts:write.")
    @APIResponseSchema(RulesView.class)
    public Response replace(@PathParam("address") String address, @HeaderParam("If-Match") String ifMatch, String body) throws DirectoryException {
        RuleSet wanted = read(body);
        return shown(rules.save(administration.account(address), wanted, now -> EntityTags.check(ifMatch, RulesView.of(now).tag())));
    }

    private static RuleSet read(String body) throws DirectoryException {
        if (body == null || body.isBlank() || body.length() > LONGEST) {
            throw new DirectoryException(Fault.INVALID, "rules have 1 to " + LONGEST + " characters");
        }
        try {
            RulesView view = JSON.readValue(body, RulesView.class);
            if (view == null || view.rules() == null || view.rules().contains(null)) {
                throw new DirectoryException(Fault.INVALID, "the field \"rules\" is missing");
            }
            return new RuleSet(view.rules().stream().map(RuleView::rule).toList());
        } catch (JsonProcessingException e) {
            throw new DirectoryException(Fault.INVALID, "the body is not the JSON of rules: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw new DirectoryException(Fault.INVALID, e.getMessage());
        }
    }

    private static Response shown(AccountRules.Saved saved) {
        RulesView view = RulesView.of(saved);
        return Response.ok(view).header(HttpHeaders.ETAG, view.tag()).build();
    }
}
