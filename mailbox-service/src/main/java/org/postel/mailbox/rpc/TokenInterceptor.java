package org.postel.mailbox.rpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.CallHeaders;
import org.postel.mailbox.identity.AccountSession;
import org.postel.mailbox.identity.CallRules;
import org.postel.mailbox.identity.Caller;
import org.postel.mailbox.identity.InvalidTokenException;
import org.postel.mailbox.identity.ServiceTokens;
import org.postel.mailbox.identity.SessionTokens;

/** Lets a call pass only with a service token that may make it and, where it opens an account, a session token of that service. */
public final class TokenInterceptor implements ServerInterceptor {

    private static final Logger LOG = Logger.getLogger(TokenInterceptor.class);

    private static final int OWNER_DIGITS = 32;

    private final ServiceTokens services;
    private final SessionTokens sessions;
    private final Predicate<AccountSession> standing;
    private final Consumer<AccountSession> used;

    /**
     * @param standing whether a session whose token is good still stands; asked on the call's own thread
     * @param used     hears of each call of a session
     */
    public TokenInterceptor(ServiceTokens services, SessionTokens sessions, Predicate<AccountSession> standing, Consumer<AccountSession> used) {
        this.services = services;
        this.sessions = sessions;
        this.standing = standing;
        this.used = used;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        try {
            Principal principal = admit(method, headers);
            return Contexts.interceptCall(Context.current().withValue(Principal.KEY, principal), call, headers, next);
        } catch (NotAdmitted e) {
            LOG.debugf("%s refused: %s", method, e.getMessage());
            return closed(call, e.status);
        } catch (RuntimeException e) {
            return closed(call, Failures.status(method, e));
        }
    }

    private Principal admit(String method, Metadata headers) throws NotAdmitted {
        Caller caller = caller(headers);
        if (!CallRules.allows(caller, method)) {
            throw new NotAdmitted(Status.PERMISSION_DENIED.withDescription("this service may not make this call"), caller + " calls " + method);
        }
        return new Principal(caller, CallRules.needsSession(method) ? Optional.of(session(caller, headers)) : Optional.empty(), owner(headers));
    }

    private static Optional<UUID> owner(Metadata headers) throws NotAdmitted {
        String owner = headers.get(CallHeaders.OWNER);
        if (owner == null) {
            return Optional.empty();
        }
        if (owner.length() != OWNER_DIGITS || !owner.chars().allMatch(HexFormat::isHexDigit)) {
            throw new NotAdmitted(Status.INVALID_ARGUMENT.withDescription("an owner has 32 hexadecimal digits"), "no owner");
        }
        return Optional.of(new UUID(HexFormat.fromHexDigitsToLong(owner, 0, OWNER_DIGITS / 2), HexFormat.fromHexDigitsToLong(owner, OWNER_DIGITS / 2, OWNER_DIGITS)));
    }

    private Caller caller(Metadata headers) throws NotAdmitted {
        String authorization = headers.get(CallHeaders.AUTHORIZATION);
        if (authorization == null || !authorization.startsWith(CallHeaders.BEARER)) {
            throw new NotAdmitted(Status.UNAUTHENTICATED.withDescription("no service token"), "no service token");
        }
        try {
            return services.caller(authorization.substring(CallHeaders.BEARER.length()));
        } catch (InvalidTokenException e) {
            throw new NotAdmitted(Status.UNAUTHENTICATED.withDescription("the service token is not accepted"), e.getMessage());
        }
    }

    private AccountSession session(Caller caller, Metadata headers) throws NotAdmitted {
        String token = headers.get(CallHeaders.SESSION);
        if (token == null) {
            throw new NotAdmitted(Status.UNAUTHENTICATED.withDescription("no session token"), "no session token");
        }
        try {
            AccountSession session = sessions.open(token);
            // A token taken from one gateway is of no use at another.
            if (session.protocol().opener() != caller) {
                throw new NotAdmitted(Status.PERMISSION_DENIED.withDescription("a session of another service"), "a session of another service");
            }
            if (!standing.test(session)) {
                throw new NotAdmitted(Status.UNAUTHENTICATED.withDescription("the session has ended"), "its password or protocol changed");
            }
            used.accept(session);
            return session;
        } catch (InvalidTokenException e) {
            throw new NotAdmitted(Status.UNAUTHENTICATED.withDescription("the session token is not accepted"), e.getMessage());
        }
    }

    private static <Q, R> ServerCall.Listener<Q> closed(ServerCall<Q, R> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() { };
    }

    private static final class NotAdmitted extends Exception {

        private static final long serialVersionUID = 1L;
        private final transient Status status;

        NotAdmitted(Status status, String message) {
            super(message);
            this.status = status;
        }
    }
}
