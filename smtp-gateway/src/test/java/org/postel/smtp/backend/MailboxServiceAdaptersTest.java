package org.postel.smtp.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Mailbox;
import org.postel.mail.QueueId;
import org.postel.mailbox.api.MailboxClientSettings;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.mailbox.api.v1.Alias;
import org.postel.mailbox.api.v1.AuthenticateRequest;
import org.postel.mailbox.api.v1.AuthenticateResponse;
import org.postel.mailbox.api.v1.DeliveryGrpc;
import org.postel.mailbox.api.v1.DirectoryGrpc;
import org.postel.mailbox.api.v1.GreylistGrpc;
import org.postel.mailbox.api.v1.LocalAccount;
import org.postel.mailbox.api.v1.MeetRequest;
import org.postel.mailbox.api.v1.MeetResponse;
import org.postel.mailbox.api.v1.NotOurs;
import org.postel.mailbox.api.v1.PutContentRequest;
import org.postel.mailbox.api.v1.PutContentResponse;
import org.postel.mailbox.api.v1.Refused;
import org.postel.mailbox.api.v1.RenewRequest;
import org.postel.mailbox.api.v1.Resolution;
import org.postel.mailbox.api.v1.ResolveRequest;
import org.postel.mailbox.api.v1.ResolveResponse;
import org.postel.mailbox.api.v1.Session;
import org.postel.mailbox.api.v1.UnknownUser;
import org.postel.smtp.command.BackendUnavailableException;
import org.postel.smtp.command.ContentStore;
import org.postel.smtp.command.Directory.Standing;
import org.postel.smtp.session.Account;
import org.postel.wire.sasl.PasswordCredentials;
import org.postel.wire.sasl.SaslStep;

/** The adapters against a server that speaks the contract. */
class MailboxServiceAdaptersTest {

    @TempDir
    Path folder;
    private final Map<String, Integer> stored = new ConcurrentHashMap<>();
    private final AtomicBoolean renewed = new AtomicBoolean(true);
    private Server server;
    private MailboxServiceClient client;

    @BeforeEach
    void start() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new FakeDirectoryService()).addService(new FakeDeliveryService()).addService(new FakeGreylistService()).build().start();
        Path token = Files.writeString(folder.resolve("token"), "a.b.c");
        MailboxClientSettings sane = MailboxClientSettings.of(List.of("127.0.0.1:" + server.getPort()), token);
        client = new MailboxServiceClient(new MailboxClientSettings(sane.addresses(), token, Duration.ofSeconds(5), Duration.ofSeconds(5),
            Duration.ofSeconds(5), Duration.ofSeconds(1), sane.keepAlive(), sane.keepAliveTimeout(), sane.resolveInterval(),
            sane.maxMessageBytes(), sane.streamWindow()));
    }

    @AfterEach
    void stop() throws InterruptedException {
        client.close();
        server.shutdownNow().awaitTermination();
    }

    @Test
    void everyResolutionHasAStanding() throws Exception {
        Standing anyRoom = new Standing.Local(OptionalLong.empty());
        assertEquals(anyRoom, standing("Alice@EXAMPLE.test"));
        assertEquals(new Standing.Local(OptionalLong.of(1000)), standing("limited@example.test"));
        assertEquals(new Standing.Local(OptionalLong.of(0)), standing("full@example.test"));
        assertEquals(anyRoom, standing("alias@example.test"));
        assertEquals(new Standing.UnknownUser(), standing("nobody@example.test"));
        assertEquals(new Standing.NotOurs(), standing("a@example.org"));
    }

    @Test
    void anAnswerNobodyKnowsIsNeverAYes() {
        assertThrows(BackendUnavailableException.class, () -> standing("later@example.test"));
    }

    @Test
    void aServiceThatIsGoneIsNeverAYes() throws InterruptedException {
        server.shutdownNow().awaitTermination();
        assertThrows(BackendUnavailableException.class, () -> standing("alice@example.test"));
        assertEquals(new SaslStep.Failure<>(SaslStep.Reason.UNAVAILABLE), verify("alice", "secret"));
    }

    @Test
    void everyOutcomeOfALoginIsTold() {
        Account alice = account();
        assertEquals("alice@example.test", alice.address());
        assertEquals(Set.of("alice@example.test", "info@example.test"), alice.addresses());
        assertEquals(new SaslStep.Failure<>(SaslStep.Reason.CREDENTIALS), verify("alice", "CREDENTIALS"));
        assertEquals(new SaslStep.Failure<>(SaslStep.Reason.DISABLED), verify("alice", "DISABLED"));
        assertEquals(new SaslStep.Failure<>(SaslStep.Reason.RATE_LIMITED), verify("alice", "RATE_LIMITED"));
    }

    @Test
    void aLoginHoldsAsLongAsItIsRenewed() throws Exception {
        Account alice = account();
        assertTrue(alice.stands().getAsBoolean());
        assertTrue(alice.stands().getAsBoolean());
        renewed.set(false);
        assertFalse(alice.stands().getAsBoolean());
        server.shutdownNow().awaitTermination();
        assertTrue(alice.stands().getAsBoolean(), "an outage ends no session");
    }

    @Test
    void anAnswerIsBelievedForItsTime() {
        Account alice = (Account) assertInstanceOf(SaslStep.Success.class, verify(Duration.ofMinutes(1), "alice", "secret")).identity();
        renewed.set(false);
        assertTrue(alice.stands().getAsBoolean());
    }

    private Account account() {
        return (Account) assertInstanceOf(SaslStep.Success.class, verify("alice", "secret")).identity();
    }

    @Test
    void theTermsOfGreylistingGoAlongAndTheWaitComesBack() throws Exception {
        MailboxGreylist greylist = new MailboxGreylist(client.greylist(), Duration.ofMinutes(5), Duration.ofDays(2), Duration.ofDays(36), 7, Duration.ofSeconds(5));
        assertEquals(Duration.ofSeconds(299), greylist.meet("192.0.2.0/24", "a@example.org", List.of("bob@example.test")));
        assertEquals(Duration.ZERO, greylist.meet("192.0.2.0/24", "", List.of("bob@example.test")));
        server.shutdownNow().awaitTermination();
        assertThrows(BackendUnavailableException.class, () -> greylist.meet("192.0.2.0/24", "", List.of("bob@example.test")));
    }

    private static final class FakeGreylistService extends GreylistGrpc.GreylistImplBase {

        @Override
        public void meet(MeetRequest request, StreamObserver<MeetResponse> to) {
            MeetRequest expected = MeetRequest.newBuilder().setNetwork("192.0.2.0/24").setReversePath("a@example.org").addRecipient("bob@example.test").setDelay(300)
                .setWindow(172_800).setMemory(3_110_400).setNetworksAfter(7).build();
            to.onNext(MeetResponse.newBuilder().setWait(request.equals(expected) ? 299 : 0).build());
            to.onCompleted();
        }
    }

    @Test
    void contentArrivesWholeUnderTheQueueId() throws BackendUnavailableException {
        QueueId id = QueueId.next();
        byte[] piece = new byte[300_000];
        try (ContentStore.Upload upload = new ClaimCheck(client.delivery()).open(id)) {
            for (int i = 0; i < 10; i++) {
                upload.write(piece, 0, piece.length);
            }
            upload.finish();
        }
        assertEquals(Map.of(id.toString(), 3_000_000), stored);
    }

    private Standing standing(String address) throws BackendUnavailableException, AddressSyntaxException {
        return new MailboxDirectory(client.directory()).standing(Mailbox.parse(address));
    }

    private SaslStep.Outcome<Account> verify(String user, String password) {
        return verify(Duration.ZERO, user, password);
    }

    private SaslStep.Outcome<Account> verify(Duration believed, String user, String password) {
        return new MailboxAuthenticator(client.directory(), believed).forClient(InetAddress.getLoopbackAddress()).verify(new PasswordCredentials("", user, password));
    }

    private final class FakeDirectoryService extends DirectoryGrpc.DirectoryImplBase {

        @Override
        public void resolve(ResolveRequest request, StreamObserver<ResolveResponse> answer) {
            Resolution.Builder resolution = Resolution.newBuilder().setAddress(request.getAddress(0));
            switch (request.getAddress(0)) {
                case "alice@example.test" -> resolution.setAccount(LocalAccount.newBuilder().setAddress("alice@example.test"));
                case "limited@example.test" -> resolution.setAccount(room(request, 1000));
                case "full@example.test" -> resolution.setAccount(room(request, 0));
                case "alias@example.test" -> resolution.setAlias(Alias.newBuilder().addTargets("x@example.org"));
                case "nobody@example.test" -> resolution.setUnknownUser(UnknownUser.getDefaultInstance());
                case "later@example.test" -> resolution.clearTo();
                default -> resolution.setNotOurs(NotOurs.getDefaultInstance());
            }
            answer.onNext(ResolveResponse.newBuilder().addResolutions(resolution).build());
            answer.onCompleted();
        }

        private static LocalAccount room(ResolveRequest request, long octets) {
            return request.getRoom() ? LocalAccount.newBuilder().setRoom(octets).build() : LocalAccount.getDefaultInstance();
        }

        @Override
        public void renew(RenewRequest request, StreamObserver<AuthenticateResponse> answer) {
            boolean good = renewed.get() && request.getSessionToken().startsWith("token");
            answer.onNext(good ? AuthenticateResponse.newBuilder().setSession(Session.newBuilder().setSessionToken(request.getSessionToken() + "+")).build()
                : AuthenticateResponse.newBuilder().setRefused(Refused.newBuilder().setReason(Refused.Reason.CREDENTIALS)).build());
            answer.onCompleted();
        }

        @Override
        public void authenticate(AuthenticateRequest request, StreamObserver<AuthenticateResponse> answer) {
            AuthenticateResponse.Builder response = AuthenticateResponse.newBuilder();
            String password = request.getPassword().getPassword();
            if (password.equals("secret") && request.getProtocol() == AuthenticateRequest.Protocol.SUBMISSION) {
                response.setSession(Session.newBuilder().setSessionToken("token").setAddress("alice@example.test").addAddresses("alice@example.test").addAddresses("Info@Example.test"));
            } else {
                response.setRefused(Refused.newBuilder().setReason(Refused.Reason.valueOf(password)));
            }
            answer.onNext(response.build());
            answer.onCompleted();
        }
    }

    private final class FakeDeliveryService extends DeliveryGrpc.DeliveryImplBase {

        @Override
        public StreamObserver<PutContentRequest> putContent(StreamObserver<PutContentResponse> answer) {
            return new StreamObserver<>() {
                private final ByteArrayOutputStream held = new ByteArrayOutputStream();
                private ByteString id = ByteString.EMPTY;

                @Override
                public void onNext(PutContentRequest request) {
                    if (request.hasStart()) {
                        id = request.getStart().getMessageId();
                    } else {
                        held.writeBytes(request.getData().toByteArray());
                    }
                }

                @Override
                public void onError(Throwable failure) {
                    held.reset();
                }

                @Override
                public void onCompleted() {
                    stored.put(QueueId.of(id.toByteArray()).toString(), held.size());
                    answer.onNext(PutContentResponse.newBuilder().setSize(held.size()).build());
                    answer.onCompleted();
                }
            };
        }
    }
}
