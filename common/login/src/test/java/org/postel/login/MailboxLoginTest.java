package org.postel.login;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.mailbox.api.MailboxClientSettings;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.mailbox.api.v1.AuthenticateRequest;
import org.postel.mailbox.api.v1.AuthenticateRequest.Protocol;
import org.postel.mailbox.api.v1.AuthenticateResponse;
import org.postel.mailbox.api.v1.Challenge;
import org.postel.mailbox.api.v1.DirectoryGrpc;
import org.postel.mailbox.api.v1.ReadyRequest;
import org.postel.mailbox.api.v1.ReadyResponse;
import org.postel.mailbox.api.v1.Refused;
import org.postel.mailbox.api.v1.Session;
import org.postel.wire.sasl.AccessToken;
import org.postel.wire.sasl.Authority;
import org.postel.wire.sasl.ChannelBinding;
import org.postel.wire.sasl.ClientFirst;
import org.postel.wire.sasl.PasswordCredentials;
import org.postel.wire.sasl.SaslStep;
import org.postel.wire.sasl.SaslStep.Reason;
import org.postel.wire.sasl.ScramAnswer;
import org.postel.wire.sasl.TokenAnswer;
import org.postel.wire.sasl.TokenError;

/** Against a server that speaks the contract. */
@Timeout(60)
class MailboxLoginTest {

    @TempDir
    Path folder;
    private final FakeDirectory fake = new FakeDirectory();
    private Server server;
    private MailboxServiceClient client;
    private MailboxLogin<String> login;

    @BeforeEach
    void start() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).addService(fake).build().start();
        client = new MailboxServiceClient(MailboxClientSettings.of(List.of("127.0.0.1:" + server.getPort()),
                Files.writeString(folder.resolve("token"), "service")));
        login = new MailboxLogin<>(client.directory(), Protocol.IMAP, Session::getAddress);
    }

    @AfterEach
    void stop() throws InterruptedException {
        client.close();
        server.shutdownNow().awaitTermination();
    }

    private Authority<String> authority() {
        return login.forClient(InetAddress.ofLiteral("192.0.2.7"));
    }

    @Test
    void aPasswordGoesWithTheClientsAddress() throws Exception {
        fake.answers.add(opened().build());
        assertEquals(new SaslStep.Success<>("alice@example.test"), authority().verify(new PasswordCredentials("a", "b", "c")));
        AuthenticateRequest asked = fake.asked.take();
        assertEquals("192.0.2.7", asked.getClientAddress());
        assertEquals(Protocol.IMAP, asked.getProtocol());
        assertEquals(List.of("a", "b", "c"), List.of(asked.getPassword().getAuthorizationId(), asked.getPassword().getAuthenticationId(),
                asked.getPassword().getPassword()));
    }

    @Test
    void messagesOfScramGoThroughAsTheyAre() throws Exception {
        fake.answers.add(AuthenticateResponse.newBuilder().setChallenge(
                Challenge.newBuilder().setMessage(octets("asked")).setState(octets("state"))).build());
        ChannelBinding binding = new ChannelBinding(ChannelBinding.TLS_EXPORTER, octets("bound").toByteArray());
        var challenge = assertInstanceOf(ScramAnswer.Challenge.class,
                authority().first(new ClientFirst(true, List.of(binding), octets("first").toByteArray())));
        assertArrayEquals(octets("asked").toByteArray(), challenge.message());
        AuthenticateRequest first = fake.asked.take();
        assertEquals(octets("first"), first.getScramFirst().getMessage());
        assertEquals(true, first.getScramFirst().getPlus());
        assertEquals("tls-exporter", first.getScramFirst().getChannelBindings(0).getType());
        assertEquals(octets("bound"), first.getScramFirst().getChannelBindings(0).getData());
        fake.answers.add(opened().setServerFinal(octets("proof")).build());
        var proved = assertInstanceOf(ScramAnswer.Proved.class, authority().last(challenge.state(), octets("last").toByteArray()));
        assertEquals("alice@example.test", proved.identity());
        assertArrayEquals(octets("proof").toByteArray(), proved.serverFinal());
        AuthenticateRequest last = fake.asked.take();
        assertEquals(octets("state"), last.getScramFinal().getState());
        assertEquals(octets("last"), last.getScramFinal().getMessage());
        assertEquals("192.0.2.7", last.getClientAddress());
    }

    @Test
    void aTokenIsTakenOrItIsSaidWhatWouldBe() throws Exception {
        fake.answers.add(opened().build());
        assertEquals(new TokenAnswer.Accepted<>("alice@example.test"), authority().verify(new AccessToken("alice", "a.b.c")));
        AuthenticateRequest asked = fake.asked.take();
        assertEquals("alice", asked.getAccessToken().getUser());
        assertEquals("a.b.c", asked.getAccessToken().getToken());
        fake.answers.add(AuthenticateResponse.newBuilder().setRefused(Refused.newBuilder().setReason(Refused.Reason.CREDENTIALS).setTokenError(
                org.postel.mailbox.api.v1.TokenError.newBuilder().setStatus("invalid_token").setScope("mail").setOpenidConfiguration("https://x"))).build());
        assertEquals(new TokenAnswer.NotGood<>(new TokenError("invalid_token", "mail", "https://x")), authority().verify(new AccessToken("", "x")));
    }

    @Test
    void whatNobodyCanReadCountsForTheClient() throws Exception {
        fake.answers.add(AuthenticateResponse.newBuilder().setRefused(Refused.newBuilder().setReason(Refused.Reason.CREDENTIALS)).build());
        authority().unreadable();
        AuthenticateRequest told = fake.asked.take();
        assertEquals(AuthenticateRequest.CredentialsCase.UNREADABLE, told.getCredentialsCase());
        assertEquals("192.0.2.7", told.getClientAddress());
        server.shutdownNow().awaitTermination();
        authority().unreadable();
    }

    @ParameterizedTest
    @CsvSource({"CREDENTIALS,CREDENTIALS", "DISABLED,DISABLED", "RATE_LIMITED,RATE_LIMITED", "REASON_UNSPECIFIED,UNAVAILABLE"})
    void everyRefusalIsTold(Refused.Reason reason, Reason told) {
        for (int i = 0; i < 4; i++) {
            fake.answers.add(AuthenticateResponse.newBuilder().setRefused(Refused.newBuilder().setReason(reason)).build());
        }
        everyWayFails(told);
    }

    @Test
    void aServiceThatIsGoneRefusesNobody() throws InterruptedException {
        server.shutdownNow().awaitTermination();
        everyWayFails(Reason.UNAVAILABLE);
    }

    /** An answer of a later release. */
    @Test
    void anAnswerNobodyKnowsIsNeverAYes() {
        for (int i = 0; i < 4; i++) {
            fake.answers.add(AuthenticateResponse.getDefaultInstance());
        }
        everyWayFails(Reason.UNAVAILABLE);
    }

    private void everyWayFails(Reason reason) {
        assertEquals(new SaslStep.Failure<>(reason), authority().verify(new PasswordCredentials("", "b", "c")));
        assertEquals(new ScramAnswer.Refused<>(reason), authority().first(new ClientFirst(false, List.of(), new byte[0])));
        assertEquals(new ScramAnswer.Refused<>(reason), authority().last(new byte[0], new byte[0]));
        assertEquals(new TokenAnswer.Refused<>(reason), authority().verify(new AccessToken("", "x")));
    }

    @Test
    void whatIsTakenIsKnownOnceItWasAsked() {
        assertEquals(List.of("PLAIN", "LOGIN"), login.mechanisms());
        client.directory().ready();
        assertEquals(List.of("PLAIN", "SCRAM-SHA-256"), login.mechanisms());
    }

    private static AuthenticateResponse.Builder opened() {
        return AuthenticateResponse.newBuilder().setSession(Session.newBuilder().setAddress("alice@example.test"));
    }

    private static ByteString octets(String text) {
        return ByteString.copyFrom(text, StandardCharsets.UTF_8);
    }

    private static final class FakeDirectory extends DirectoryGrpc.DirectoryImplBase {

        private final LinkedBlockingQueue<AuthenticateRequest> asked = new LinkedBlockingQueue<>();
        private final LinkedBlockingQueue<AuthenticateResponse> answers = new LinkedBlockingQueue<>();

        @Override
        public void authenticate(AuthenticateRequest request, StreamObserver<AuthenticateResponse> answer) {
            asked.add(request);
            answer.onNext(answers.remove());
            answer.onCompleted();
        }

        @Override
        public void ready(ReadyRequest request, StreamObserver<ReadyResponse> answer) {
            answer.onNext(ReadyResponse.newBuilder().setReady(true).addMechanisms("PLAIN").addMechanisms("SCRAM-SHA-256").build());
            answer.onCompleted();
        }
    }
}
