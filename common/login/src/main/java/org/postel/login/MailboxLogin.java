package org.postel.login;

import com.google.protobuf.ByteString;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.DirectoryClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.AuthenticateRequest;
import org.postel.mailbox.api.v1.AuthenticateResponse;
import org.postel.mailbox.api.v1.Challenge;
import org.postel.mailbox.api.v1.ChannelBinding;
import org.postel.mailbox.api.v1.Refused;
import org.postel.mailbox.api.v1.ScramFinal;
import org.postel.mailbox.api.v1.ScramFirst;
import org.postel.mailbox.api.v1.Session;
import org.postel.mailbox.api.v1.Unreadable;
import org.postel.wire.sasl.AccessToken;
import org.postel.wire.sasl.Authority;
import org.postel.wire.sasl.ClientFirst;
import org.postel.wire.sasl.PasswordCredentials;
import org.postel.wire.sasl.SaslStep;
import org.postel.wire.sasl.SaslStep.Reason;
import org.postel.wire.sasl.ScramAnswer;
import org.postel.wire.sasl.TokenAnswer;
import org.postel.wire.sasl.TokenError;

/**
 * Logs clients of one protocol in at mailbox-service.
 *
 * @param <I> who a client turns out to be, as the gateway knows it
 */
public final class MailboxLogin<I> {

    private static final Logger LOG = Logger.getLogger(MailboxLogin.class);

    private final DirectoryClient directory;
    private final AuthenticateRequest.Protocol protocol;
    private final Function<Session, I> identity;

    /** @param identity of a session that was opened */
    public MailboxLogin(DirectoryClient directory, AuthenticateRequest.Protocol protocol, Function<Session, I> identity) {
        this.directory = directory;
        this.protocol = protocol;
        this.identity = identity;
    }

    /** The mechanisms that mailbox-service takes, as far as it has said. */
    public List<String> mechanisms() {
        return directory.mechanisms();
    }

    /** For a client at an address, which counts for rate limits. */
    public Authority<I> forClient(InetAddress address) {
        return new ClientLogin(address);
    }

    private final class ClientLogin implements Authority<I> {

        private final InetAddress address;

        ClientLogin(InetAddress address) {
            this.address = address;
        }

        @Override
        public SaslStep.Outcome<I> verify(PasswordCredentials credentials) {
            AuthenticateResponse answer = ask(request().setPassword(org.postel.mailbox.api.v1.PasswordCredentials.newBuilder()
                    .setAuthorizationId(credentials.authorizationId())
                    .setAuthenticationId(credentials.authenticationId())
                    .setPassword(credentials.password())));
            return answer.hasSession()
                    ? new SaslStep.Success<>(identity.apply(answer.getSession()))
                    : new SaslStep.Failure<>(reason(answer));
        }

        @Override
        public ScramAnswer<I> first(ClientFirst first) {
            ScramFirst.Builder message = ScramFirst.newBuilder().setPlus(first.plus()).setMessage(ByteString.copyFrom(first.message()));
            first.bindings().forEach(binding -> message.addChannelBindings(
                    ChannelBinding.newBuilder().setType(binding.type()).setData(ByteString.copyFrom(binding.data()))));
            AuthenticateResponse answer = ask(request().setScramFirst(message));
            Challenge challenge = answer.getChallenge();
            return answer.hasChallenge()
                    ? new ScramAnswer.Challenge<>(challenge.getMessage().toByteArray(), challenge.getState().toByteArray())
                    : new ScramAnswer.Refused<>(reason(answer));
        }

        @Override
        public ScramAnswer<I> last(byte[] state, byte[] message) {
            AuthenticateResponse answer = ask(request().setScramFinal(
                    ScramFinal.newBuilder().setState(ByteString.copyFrom(state)).setMessage(ByteString.copyFrom(message))));
            return answer.hasSession()
                    ? new ScramAnswer.Proved<>(identity.apply(answer.getSession()), answer.getServerFinal().toByteArray())
                    : new ScramAnswer.Refused<>(reason(answer));
        }

        @Override
        public TokenAnswer<I> verify(AccessToken token) {
            AuthenticateResponse answer = ask(request().setAccessToken(
                    org.postel.mailbox.api.v1.AccessToken.newBuilder().setUser(token.user()).setToken(token.token())));
            if (answer.hasSession()) {
                return new TokenAnswer.Accepted<>(identity.apply(answer.getSession()));
            }
            org.postel.mailbox.api.v1.TokenError error = answer.getRefused().getTokenError();
            return answer.getRefused().hasTokenError()
                    ? new TokenAnswer.NotGood<>(new TokenError(error.getStatus(), error.getScope(), error.getOpenidConfiguration()))
                    : new TokenAnswer.Refused<>(reason(answer));
        }

        @Override
        public void unreadable() {
            try {
                directory.authenticate(request().setUnreadable(Unreadable.getDefaultInstance()).build());
            } catch (MailboxServiceException e) {
                LOG.debugf("a log-in that cannot be read is not counted: %s", e.getMessage());
            }
        }

        private AuthenticateRequest.Builder request() {
            return AuthenticateRequest.newBuilder().setProtocol(protocol).setClientAddress(address.getHostAddress());
        }
    }

    /** An empty answer where nobody can say. */
    private AuthenticateResponse ask(AuthenticateRequest.Builder request) {
        try {
            return directory.authenticate(request.build());
        } catch (MailboxServiceException e) {
            LOG.warnf("nobody can say who may log in: %s", e.getMessage());
            return AuthenticateResponse.getDefaultInstance();
        }
    }

    private static Reason reason(AuthenticateResponse answer) {
        return answer.hasRefused() ? reason(answer.getRefused().getReason()) : Reason.UNAVAILABLE;
    }

    private static Reason reason(Refused.Reason reason) {
        return switch (reason) {
            case CREDENTIALS -> Reason.CREDENTIALS;
            case DISABLED -> Reason.DISABLED;
            case RATE_LIMITED -> Reason.RATE_LIMITED;
            case REASON_UNSPECIFIED, UNRECOGNIZED -> Reason.UNAVAILABLE;
        };
    }
}
