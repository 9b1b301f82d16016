package org.postel.mailbox.admin;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.postel.mailbox.authority.Administrators;
import org.postel.mailbox.authority.Authority;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.CanonicalAddress;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.identity.InvalidTokenException;

/** Lets a request pass only with a bearer token (RFC 6750) that is good for the method it calls and for what that is about. */
public final class OperatorFilter {

    /** Before the audit log hears of it. */
    static final int PRIORITY = 1_000;
    /** What the description of the API calls a bearer token. */
    static final String SECURITY = "bearer";
    static final String ADDRESS = "address";
    static final String DOMAIN = "domain";
    private static final Logger LOG = Logger.getLogger(OperatorFilter.class);
    private static final String BEARER = "Bearer ";

    private final Callers callers;
    private final Administration administration;
    private final Administrators administrators;

    @Inject
    public OperatorFilter(Callers callers, Administration administration, Administrators administrators) {
        this.callers = callers;
        this.administration = administration;
        this.administrators = administrators;
    }

    /** Empty: go on. */
    @ServerRequestFilter(priority = PRIORITY)
    public Optional<Response> check(ContainerRequestContext request, ResourceInfo resource) {
        String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        // RFC 9110 §11.1: the name of the scheme is case-insensitive.
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(refused(Response.Status.UNAUTHORIZED, "a bearer token is needed", ""));
        }
        try {
            Authority authority = callers.authority(authorization.substring(BEARER.length()).strip());
            LOG.infof("%s %s by %s", request.getMethod(), request.getUriInfo().getPath(), authority.name());
            Optional<Response> no = check(authority, resource.getResourceMethod().getAnnotation(Needs.class), request.getUriInfo().getPathParameters());
            if (no.isEmpty()) {
                request.setSecurityContext(new Acting(authority));
            }
            return no;
        } catch (InvalidTokenException e) {
            LOG.debugf("admin API refused: %s", e.getMessage());
            return Optional.of(refused(Response.Status.UNAUTHORIZED, "the token is not accepted", ""));
        }
    }

    private Optional<Response> check(Authority authority, Needs needs, MultivaluedMap<String, String> path) {
        if (needs == null) {
            return Optional.of(Problem.response(Response.Status.FORBIDDEN, "nobody may do this"));
        }
        if (!authority.may(needs.value())) {
            // RFC 6750 §3.1: insufficient_scope, and which would do.
            return Optional.of(refused(Response.Status.FORBIDDEN, "the token has not the scope " + needs.value().word(),
                    " error=\"insufficient_scope\", scope=\"" + needs.value().word() + "\""));
        }
        return switch (needs.over()) {
            case EVERYTHING -> authority.everywhere() ? Optional.empty()
                    : Optional.of(Problem.response(Response.Status.FORBIDDEN, "this is for those who administer all domains"));
            case PATH -> named(authority, needs.value(), path);
            case CONTENT -> Optional.empty();
        };
    }

    /** What is not within reach is answered like what is not there. */
    private Optional<Response> named(Authority authority, Scope scope, MultivaluedMap<String, String> path) {
        String address = path.getFirst(ADDRESS);
        boolean reached = address == null ? domain(authority, path.getFirst(DOMAIN)) : authority.overAddress(address);
        if (!reached) {
            return Optional.of(Problem.response(Response.Status.NOT_FOUND, switch (scope) {
                case ACCOUNTS_READ, ACCOUNTS_WRITE -> "no such account";
                case ALIASES_READ, ALIASES_WRITE -> "no such alias";
                default -> "no such domain";
            }));
        }
        return scope == Scope.ACCOUNTS_WRITE && !mayChange(authority, address)
                ? Optional.of(Problem.response(Response.Status.FORBIDDEN, "this account administers, and is changed by who may make administrators"))
                : Optional.empty();
    }

    private static boolean domain(Authority authority, String written) {
        try {
            return authority.everywhere() || authority.over(Domains.canonical(written));
        } catch (DirectoryException e) {
            return false;
        }
    }

    private boolean mayChange(Authority authority, String address) {
        if (authority.may(Scope.ADMINISTRATORS) || CanonicalAddress.of(address).isEmpty()) {
            return true;
        }
        try {
            return administrators.mayChange(authority, administration.account(address).id());
        } catch (DirectoryException e) {
            // Nobody is there; the method says so.
            return true;
        }
    }

    private static Response refused(Response.Status status, String detail, String challenge) {
        return Response.fromResponse(Problem.response(status, detail)).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer" + challenge).build();
    }
}
