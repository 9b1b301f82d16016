package org.postel.mailbox.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.mailbox.identity.Caller;
import org.postel.mailbox.identity.IssuedTokens;
import org.postel.mailbox.identity.InvalidTokenException;
import org.postel.mailbox.identity.TokenIssuer;

class OperatorFilterTest {

    @TempDir
    Path folder;

    private final TokenIssuer issuer = new TokenIssuer("one");
    private OperatorTokens operators;

    @BeforeEach
    void trustIssuer() throws IOException {
        IssuedTokens tokens = new IssuedTokens(TokenIssuer.trusting(issuer.writeJwks(folder)), "admin", Clock.systemUTC());
        operators = new OperatorTokens(tokens, Set.of("launcher"));
    }

    @Test
    void anOperatorIsLetIn() throws InvalidTokenException {
        String token = issuer.token("launcher", "admin", TokenIssuer.ISSUER, Instant.now().plusSeconds(60));
        assertEquals("launcher", operators.operator(token));
        assertEquals(Optional.empty(), new OperatorFilter(operators).check(request("Bearer " + token)));
        assertEquals(Optional.empty(), new OperatorFilter(operators).check(request("bearer " + token)));
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

    private void refused(String authorization) {
        int status = new OperatorFilter(operators).check(request(authorization)).orElseThrow().getStatus();
        assertTrue(status == 401, authorization + ": " + status);
    }

    /** Knows only what the filter asks. */
    private static ContainerRequestContext request(String authorization) {
        UriInfo uri = answering(UriInfo.class, Map.of("getPath", "/api/v1/domains"));
        Map<String, Object> answers = authorization == null
                ? Map.of("getMethod", "GET", "getUriInfo", uri)
                : Map.of("getMethod", "GET", "getUriInfo", uri, "getHeaderString", authorization);
        return answering(ContainerRequestContext.class, answers);
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }
}
