package org.postel.mailbox.rpc;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.v1.AccessToken;
import org.postel.mailbox.api.v1.Alias;
import org.postel.mailbox.api.v1.AllowRequest;
import org.postel.mailbox.api.v1.AllowResponse;
import org.postel.mailbox.api.v1.Allowance;
import org.postel.mailbox.api.v1.AnswerRequest;
import org.postel.mailbox.api.v1.AnswerResponse;
import org.postel.mailbox.api.v1.AuthenticateRequest;
import org.postel.mailbox.api.v1.AuthenticateResponse;
import org.postel.mailbox.api.v1.Challenge;
import org.postel.mailbox.api.v1.ChannelBinding;
import org.postel.mailbox.api.v1.DirectoryGrpc;
import org.postel.mailbox.api.v1.ForwardRequest;
import org.postel.mailbox.api.v1.ForwardResponse;
import org.postel.mailbox.api.v1.LocalAccount;
import org.postel.mailbox.api.v1.NotOurs;
import org.postel.mailbox.api.v1.OverLimit;
import org.postel.mailbox.api.v1.PasswordCredentials;
import org.postel.mailbox.api.v1.ReadyRequest;
import org.postel.mailbox.api.v1.ReadyResponse;
import org.postel.mailbox.api.v1.Refused;
import org.postel.mailbox.api.v1.RenewRequest;
import org.postel.mailbox.api.v1.Resolution;
import org.postel.mailbox.api.v1.ResolveRequest;
import org.postel.mailbox.api.v1.ResolveResponse;
import org.postel.mailbox.api.v1.ScramFinal;
import org.postel.mailbox.api.v1.ScramFirst;
import org.postel.mailbox.api.v1.Session;
import org.postel.mailbox.api.v1.SuppressRequest;
import org.postel.mailbox.api.v1.SuppressResponse;
import org.postel.mailbox.api.v1.SuppressedRequest;
import org.postel.mailbox.api.v1.SuppressedResponse;
import org.postel.mailbox.api.v1.Suppression;
import org.postel.mailbox.api.v1.TokenError;
import org.postel.mailbox.api.v1.UnknownUser;
import org.postel.mailbox.directory.Absence;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.AddressBook;
import org.postel.mailbox.directory.Answered;
import org.postel.mailbox.directory.Authentication.Credentials;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.directory.Forwarding;
import org.postel.mailbox.directory.Logins;
import org.postel.mailbox.directory.Resolved;
import org.postel.mailbox.directory.ScramLogins;
import org.postel.mailbox.directory.TokenLogins;
import org.postel.mailbox.identity.AccountSession;
import org.postel.mailbox.identity.InvalidTokenException;
import org.postel.mailbox.identity.OauthSettings;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.identity.SessionTokens;
import org.postel.mailbox.scram.ScramExchange;
import org.postel.mailbox.seen.SeenLogin;
import org.postel.mailbox.seen.SeenLogins;
import org.postel.mailbox.seen.Service;
import org.postel.mailbox.sending.Allowances;
import org.postel.mailbox.sending.Excess;
import org.postel.mailbox.sending.Limits;
import org.postel.mailbox.sending.Suppressions;
import org.postel.mailbox.storage.Quotas;
import org.postel.mailbox.storage.StoreException;

/** The service Directory. */
public final class DirectoryService extends DirectoryGrpc.DirectoryImplBase {

    private static final Logger LOG = Logger.getLogger(DirectoryService.class);
    private static final int MOST_ADDRESSES = 1_000;

    private final AddressBook addresses;
    private final Quotas quotas;
    private final Logins logins;
    private final Allowances allowances;
    private final Suppressions suppressions;
    private final Answered answered;
    private final BooleanSupplier database;
    private final SessionTokens tokens;
    private final RpcMetrics metrics;
    private final SeenLogins seen;
    private final Answers answers;

    /** @param database whether it answered lately */
    public DirectoryService(AddressBook addresses, Quotas quotas, Logins logins, Allowances allowances, Suppressions suppressions, Answered answered,
            BooleanSupplier database, SessionTokens tokens, SeenLogins seen, RpcSettings settings, RpcMetrics metrics) {
        this.addresses = addresses;
        this.quotas = quotas;
        this.logins = logins;
        this.allowances = allowances;
        this.suppressions = suppressions;
        this.answered = answered;
        this.database = database;
        this.tokens = tokens;
        this.metrics = metrics;
        this.seen = seen;
        this.answers = new Answers(settings.stallTimeout());
    }

    @Override
    public void resolve(ResolveRequest request, StreamObserver<ResolveResponse> to) {
        answers.one("Resolve", to, () -> {
            if (request.getAddressCount() > MOST_ADDRESSES) {
                throw new StoreException(StoreException.Problem.INVALID, "at most " + MOST_ADDRESSES + " addresses at once");
            }
            ResolveResponse.Builder response = ResolveResponse.newBuilder();
            request.getAddressList().forEach(address -> response.addResolutions(resolution(address, addresses.resolve(address), request.getRoom())));
            return response.build();
        });
    }

    @Override
    public void forward(ForwardRequest request, StreamObserver<ForwardResponse> to) {
        answers.one("Forward", to, () -> {
            if (request.getForwarderCount() > MOST_ADDRESSES) {
                throw new StoreException(StoreException.Problem.INVALID, "at most " + MOST_ADDRESSES + " addresses at once");
            }
            ForwardResponse.Builder response = ForwardResponse.newBuilder();
            request.getForwarderList().forEach(forwarder -> response.addReversePath(addresses.senderOfForward(request.getReversePath(), forwarder)));
            return response.build();
        });
    }

    @Override
    public void allow(AllowRequest request, StreamObserver<AllowResponse> to) {
        answers.one("Allow", to, () -> switch (allowances.message(request.getAccount(), request.getRecipients())) {
            case Allowances.Answer.Granted(Limits.Amount amount, Duration valid) -> AllowResponse.newBuilder().setGranted(Allowance.newBuilder()
                    .setMessages(amount.messages()).setRecipients(amount.recipients()).setSeconds((int) valid.toSeconds())).build();
            case Allowances.Answer.Refused(Excess excess) -> {
                metrics.sendingLimited(excess);
                yield AllowResponse.newBuilder().setRefused(OverLimit.newBuilder()
                        .setOfDomain(excess.ofDomain()).setOfRecipients(excess.ofRecipients()).setInADay(excess.inADay())
                        .setLimit(excess.limit()).setSeconds((int) excess.pause().toSeconds())).build();
            }
        });
    }

    @Override
    public void suppressed(SuppressedRequest request, StreamObserver<SuppressedResponse> to) {
        answers.one("Suppressed", to, () -> {
            if (request.getAddressCount() > MOST_ADDRESSES) {
                throw new StoreException(StoreException.Problem.INVALID, "at most " + MOST_ADDRESSES + " addresses at once");
            }
            SuppressedResponse.Builder response = SuppressedResponse.newBuilder();
            request.getAddressList().forEach(address -> suppressions.of(address).ifPresent(found -> response.addSuppressions(
                    Suppression.newBuilder().setAddress(address).setReply(found.reply()).setSince(found.since().toEpochMilli()))));
            return response.build();
        });
    }

    @Override
    public void suppress(SuppressRequest request, StreamObserver<SuppressResponse> to) {
        answers.one("Suppress", to, () -> {
            suppressions.add(request.getAddress(), request.getReply());
            return SuppressResponse.getDefaultInstance();
        });
    }

    @Override
    public void answerOnce(AnswerRequest request, StreamObserver<AnswerResponse> to) {
        answers.one("AnswerOnce", to, () -> AnswerResponse.newBuilder().setFirst(answered.first(Ids.of(request.getAccountId()), request.getAbsenceId(),
                request.getSender(), Ids.of(request.getQueueId()), Duration.ofSeconds(Math.max(1, request.getPeriodSeconds())))).build());
    }

    @Override
    public void authenticate(AuthenticateRequest request, StreamObserver<AuthenticateResponse> to) {
        answers.one("Authenticate", to, () -> {
            SessionProtocol protocol = protocol(request.getProtocol());
            return switch (request.getCredentialsCase()) {
                case PASSWORD -> password(protocol, request.getPassword(), request.getClientAddress());
                case SCRAM_FIRST -> scramFirst(protocol, request.getScramFirst(), request.getClientAddress());
                case SCRAM_FINAL -> scramFinal(protocol, request.getScramFinal(), request.getClientAddress());
                case ACCESS_TOKEN -> token(protocol, request.getAccessToken(), request.getClientAddress());
                case UNREADABLE -> unreadable(protocol, request.getClientAddress());
                case CREDENTIALS_NOT_SET -> throw new StoreException(StoreException.Problem.INVALID, "which credentials?");
            };
        });
    }

    private AuthenticateResponse password(SessionProtocol protocol, PasswordCredentials given, String clientAddress) {
        return answer(new Tried(protocol, "password", given.getAuthenticationId(), clientAddress), logins.password().authenticate(protocol,
                new Credentials(given.getAuthorizationId(), given.getAuthenticationId(), given.getPassword(), clientAddress)));
    }

    private AuthenticateResponse scramFirst(SessionProtocol protocol, ScramFirst given, String clientAddress) {
        Map<String, byte[]> bindings = given.getChannelBindingsList().stream()
                .collect(Collectors.toMap(ChannelBinding::getType, binding -> binding.getData().toByteArray()));
        byte[] message = given.getMessage().toByteArray();
        return logins.scram().first(new ScramExchange.First(protocol.claim(), given.getPlus(), bindings, message))
                .map(challenge -> AuthenticateResponse.newBuilder().setChallenge(Challenge.newBuilder()
                        .setMessage(ByteString.copyFrom(challenge.message()))
                        .setState(ByteString.copyFrom(challenge.state()))).build())
                .orElseGet(() -> ScramExchange.isClientFirst(message) ? refused(Refused.Reason.CREDENTIALS) : unreadable(protocol, clientAddress));
    }

    /** SAFETY row 20. It is in nobody's list of log-ins, for it names nobody. */
    private AuthenticateResponse unreadable(SessionProtocol protocol, String clientAddress) {
        if (logins.password().unreadable(clientAddress) instanceof Outcome.Limited(Outcome.Scope scope)) {
            metrics.rateLimited(protocol, scope);
            return refused(Refused.Reason.RATE_LIMITED);
        }
        return refused(Refused.Reason.CREDENTIALS);
    }

    private AuthenticateResponse scramFinal(SessionProtocol protocol, ScramFinal given, String clientAddress) {
        ScramLogins.Ended ended = logins.scram().last(protocol, given.getState().toByteArray(), given.getMessage().toByteArray(), clientAddress);
        return answer(new Tried(protocol, "SCRAM-SHA-256", ended.name(), clientAddress), ended.outcome()).toBuilder().setServerFinal(ByteString.copyFrom(ended.serverFinal())).build();
    }

    private AuthenticateResponse token(SessionProtocol protocol, AccessToken given, String clientAddress) {
        Optional<TokenLogins> tokens = logins.token();
        if (tokens.isEmpty()) {
            return refused(Refused.Reason.CREDENTIALS);
        }
        TokenLogins.Ended ended = tokens.get().login(protocol, given.getUser(), given.getToken(), clientAddress);
        AuthenticateResponse.Builder answer = answer(new Tried(protocol, "token", given.getUser(), clientAddress), ended.outcome()).toBuilder();
        if (ended.outcome() instanceof Outcome.Wrong) {
            OauthSettings wanted = tokens.get().wanted();
            answer.getRefusedBuilder().setTokenError(TokenError.newBuilder().setStatus(ended.error()).setScope(wanted.scope())
                    .setOpenidConfiguration(wanted.openidConfiguration().orElse("")));
        }
        return answer.build();
    }

    @Override
    public void renew(RenewRequest request, StreamObserver<AuthenticateResponse> to) {
        answers.one("Renew", to, () -> {
            try {
                AccountSession session = tokens.open(request.getSessionToken());
                if (session.protocol().opener() != Principal.current().caller()) {
                    return refused(Refused.Reason.CREDENTIALS);
                }
                AuthenticateResponse answer = again(session, logins.password().again(session));
                if (answer.hasSession()) {
                    seen.used(session);
                }
                return answer;
            } catch (InvalidTokenException e) {
                LOG.debugf("Renew refused: %s", e.getMessage());
                return refused(Refused.Reason.CREDENTIALS);
            }
        });
    }

    @Override
    public void ready(ReadyRequest request, StreamObserver<ReadyResponse> to) {
        answers.one("Ready", to, () -> ReadyResponse.newBuilder()
                .setReady(database.getAsBoolean()).addAllMechanisms(logins.mechanisms()).build());
    }

    /** A gateway opens sessions of its own protocol only. */
    private static SessionProtocol protocol(AuthenticateRequest.Protocol asked) {
        SessionProtocol protocol = switch (asked) {
            case SUBMISSION -> SessionProtocol.SUBMISSION;
            case IMAP -> SessionProtocol.IMAP;
            case POP3 -> SessionProtocol.POP3;
            case PROTOCOL_UNSPECIFIED, UNRECOGNIZED -> throw new StoreException(StoreException.Problem.INVALID, "which protocol?");
        };
        if (protocol.opener() != Principal.current().caller()) {
            throw new StoreException(StoreException.Problem.INVALID, "the protocol of another service");
        }
        return protocol;
    }

    /** Who tried to log in, and how. */
    private record Tried(SessionProtocol protocol, String mechanism, String name, String address) {

        SeenLogins.Attempt ended(Optional<UUID> account, Optional<String> app, SeenLogin.Result result) {
            return new SeenLogins.Attempt(account, name, Service.of(protocol), mechanism, address, "", app, result);
        }
    }

    private AuthenticateResponse answer(Tried tried, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Granted(Account account, Optional<String> app) -> {
                seen.login(tried.ended(Optional.of(account.id()), app, SeenLogin.Result.GRANTED));
                AccountSession.Origin origin = new AccountSession.Origin(UUID.randomUUID().toString(), tried.address, Instant.now());
                yield granted(account, new AccountSession(account.id(), tried.protocol, account.credentialVersion(), app, Optional.of(origin)));
            }
            case Outcome.Wrong() -> refused(tried, SeenLogin.Result.WRONG, Refused.Reason.CREDENTIALS);
            case Outcome.Disabled() -> refused(tried, SeenLogin.Result.SWITCHED_OFF, Refused.Reason.DISABLED);
            case Outcome.Limited(Outcome.Scope scope) -> {
                metrics.rateLimited(tried.protocol, scope);
                yield refused(tried, SeenLogin.Result.TOO_MANY, Refused.Reason.RATE_LIMITED);
            }
        };
    }

    private AuthenticateResponse refused(Tried tried, SeenLogin.Result result, Refused.Reason reason) {
        seen.login(tried.ended(Optional.empty(), Optional.empty(), result));
        return refused(reason);
    }

    private AuthenticateResponse again(AccountSession before, Outcome outcome) {
        return outcome instanceof Outcome.Granted(Account account, Optional<String> app)
                ? granted(account, new AccountSession(account.id(), before.protocol(), account.credentialVersion(), app, before.origin()))
                : refused(outcome instanceof Outcome.Disabled ? Refused.Reason.DISABLED : Refused.Reason.CREDENTIALS);
    }

    private AuthenticateResponse granted(Account account, AccountSession session) {
        String token = tokens.issue(session);
        return AuthenticateResponse.newBuilder().setSession(Session.newBuilder()
                .setAccountId(Ids.octets(account.id()))
                .setAddress(account.address())
                .setSessionToken(token)
                .addAllAddresses(account.sendsFrom())
                .setTokenTtlSeconds(tokens.ttl().toSeconds())).build();
    }

    private static AuthenticateResponse refused(Refused.Reason reason) {
        return AuthenticateResponse.newBuilder().setRefused(Refused.newBuilder().setReason(reason)).build();
    }

    private static org.postel.mailbox.api.v1.Absence absence(Absence away) {
        return org.postel.mailbox.api.v1.Absence.newBuilder().setId(away.vacation().id()).setSubject(away.vacation().subject())
                .setText(away.vacation().text()).setPeriodSeconds((int) away.vacation().period().toSeconds())
                .addAllAddresses(away.addresses()).build();
    }

    private Resolution resolution(String address, Resolved resolved, boolean room) {
        Resolution.Builder resolution = Resolution.newBuilder().setAddress(address);
        return switch (resolved) {
            case Resolved.Local(UUID id, String primary, Optional<Forwarding> forwarding, Optional<Absence> absence, boolean filtered) -> {
                LocalAccount.Builder account = LocalAccount.newBuilder().setAccountId(Ids.octets(id)).setAddress(primary)
                            .addAllForward(forwarding.map(Forwarding::targets).orElse(List.of()))
                            .setForwardOnly(forwarding.filter(way -> !way.keep()).isPresent()).setFiltered(filtered);
                absence.ifPresent(away -> account.setAbsence(absence(away)));
                // What goes on to other addresses, or goes where a rule says, may need no room here.
                if (room && forwarding.isEmpty() && !filtered) {
                    quotas.room(id).ifPresent(account::setRoom);
                }
                yield resolution.setAccount(account).build();
            }
            case Resolved.Alias alias -> resolution.setAlias(Alias.newBuilder().addAllTargets(alias.targets())).build();
            case Resolved.UnknownUser() -> resolution.setUnknownUser(UnknownUser.getDefaultInstance()).build();
            case Resolved.NotOurs() -> resolution.setNotOurs(NotOurs.getDefaultInstance()).build();
        };
    }
}
