package org.postel.mailbox.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.mailbox.authority.AuthorityFixture;
import org.postel.mailbox.authority.Role;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.identity.Caller;
import org.postel.mailbox.identity.InvalidTokenException;
import org.postel.mailbox.identity.IssuedTokens;
import org.postel.mailbox.identity.TokenIssuer;

class OperatorFilterTest {

    @TempDir
    Path folder;

    private final TokenIssuer issuer = new TokenIssuer("one");
    private final AuthorityFixture authority = new AuthorityFixture(Duration.ZERO, Clock.systemUTC());
    private OperatorTokens operators;
    private OperatorFilter filter;

    @BeforeEach
    void trustIssuer() throws IOException {
        IssuedTokens tokens = new IssuedTokens(TokenIssuer.trusting(issuer.writeJwks(folder)), "admin", Clock.systemUTC());
        operators = new OperatorTokens(tokens, Set.of("launcher"));
        filter = new OperatorFilter(new Callers(operators, authority.tokens), authority.directory.administration, authority.administrators);
    }

    @Test
    void anOperatorIsLetIn() throws InvalidTokenException {
        String token = issuer.token("launcher", "admin", TokenIssuer.ISSUER, Instant.now().plusSeconds(60));
        assertEquals("launcher", operators.operator(token));
        assertEquals(Optional.empty(), check("list", "Bearer " + token, Map.of()));
        assertEquals(Optional.empty(), check("list", "bearer " + token, Map.of()));
    }

    @Test
    void withoutATokenNobodyIs() {
        refused(null);
        refused("");
        refused("Basic YWxpY2U6c2VjcmV0");
        refused("Bearer");
        refused("Bearer ");
        refused("Bearer nonsense");
    }

    @Test
    void otherSubjectsAndAudiencesAreNot() {
        Instant soon = Instant.now().plusSeconds(60);
        refused("Bearer " + issuer.token("somebody", "admin", TokenIssuer.ISSUER, soon));
        refused("Bearer " + issuer.token("launcher", "mailbox-service", TokenIssuer.ISSUER, soon));
        refused("Bearer " + issuer.token("launcher", "admin", TokenIssuer.ISSUER, soon.minusSeconds(7_200)));
        refused("Bearer " + issuer.service(Caller.IMAP_GATEWAY));
        refused("Bearer " + new TokenIssuer("one").token("launcher", "admin", TokenIssuer.ISSUER, soon));
    }

    @Test
    void aTokenOfOurOwnIsLetInForItsScope() throws DirectoryException {
        String bearer = "Bearer " + authority.token(Set.of(Scope.ACCOUNTS_READ));
        assertEquals(Optional.empty(), check("list", bearer, Map.of()));
        Response refused = check("add", bearer, Map.of()).orElseThrow();
        assertEquals(403, refused.getStatus());
        assertEquals("Bearer error=\"insufficient_scope\", scope=\"accounts:write\"", refused.getHeaderString("WWW-Authenticate"));
        authority.tokens.revoke(authority.tokens.list().getFirst().id());
        refused(bearer);
    }

    /** Whoever may change accounts would else take an administrator's by giving it another password. */
    @Test
    void accountsOfAdministratorsAreChangedByWhoMayMakeThem() throws DirectoryException {
        authority.administrator("admin@example.test", Role.GLOBAL);
        authority.directory.administration.addAccount("alice@example.test", "secret");
        String bearer = "Bearer " + authority.token(Set.of(Scope.ACCOUNTS_WRITE, Scope.ACCOUNTS_READ), "example.test");
        assertEquals(403, check("changePassword", bearer, Map.of("address", "Admin@EXAMPLE.test")).orElseThrow().getStatus());
        assertEquals(Optional.empty(), check("one", bearer, Map.of("address", "admin@example.test")));
        assertEquals(Optional.empty(), check("changePassword", bearer, Map.of("address", "alice@example.test")));
        String operator = "Bearer " + issuer.token("launcher", "admin", TokenIssuer.ISSUER, Instant.now().plusSeconds(60));
        assertEquals(Optional.empty(), check("changePassword", operator, Map.of("address", "admin@example.test")));
    }

    @Test
    void aMethodThatSaysNothingAnswersNobody() throws NoSuchMethodException {
        String operator = "Bearer " + issuer.token("launcher", "admin", TokenIssuer.ISSUER, Instant.now().plusSeconds(60));
        Requests request = new Requests(SecurityContext.class.getMethod("isSecure"), operator, Map.of());
        assertEquals(403, filter.check(request.context, request.resource).orElseThrow().getStatus());
        assertEquals(null, request.security);
    }

    private void refused(String authorization) {
        int status = check("list", authorization, Map.of()).orElseThrow().getStatus();
        assertTrue(status == 401, authorization + ": " + status);
    }

    private Optional<Response> check(String method, String authorization, Map<String, String> path) {
        Method called = Set.of(AccountsResource.class.getMethods()).stream().filter(each -> each.getName().equals(method)).findFirst().orElseThrow();
        Requests request = new Requests(called, authorization, path);
        Optional<Response> answer = filter.check(request.context, request.resource);
        assertEquals(answer.isEmpty(), request.security != null);
        return answer;
    }
}
