package org.postel.mailbox.admin;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.postel.mailbox.identity.InvalidTokenException;

/** Lets a request pass only with the bearer token of an operator. */
public final class OperatorFilter {

    private static final Logger LOG = Logger.getLogger(OperatorFilter.class);
    private static final String BEARER = "Bearer ";

    private final OperatorTokens operators;

    @Inject
    public OperatorFilter(OperatorTokens operators) {
        this.operators = operators;
    }

    /** Empty: go on. */
    @ServerRequestFilter
    public Optional<Response> check(ContainerRequestContext request) {
        String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        // RFC 9110 §11.1: the name of the scheme is case-insensitive.
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(refused("a bearer token is needed"));
        }
        try {
            String operator = operators.operator(authorization.substring(BEARER.length()).strip());
            LOG.infof("%s %s by %s", request.getMethod(), request.getUriInfo().getPath(), operator);
            return Optional.empty();
        } catch (InvalidTokenException e) {
            LOG.debugf("admin API refused: %s", e.getMessage());
            return Optional.of(refused("the token is not accepted"));
        }
    }

    private static Response refused(String detail) {
        return Response.fromResponse(Problem.response(Response.Status.UNAUTHORIZED, detail))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }
}
