package org.postel.smtp.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.mailbox.api.MailboxClientSettings;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.mailbox.api.v1.AllowRequest;
import org.postel.mailbox.api.v1.AllowResponse;
import org.postel.mailbox.api.v1.Allowance;
import org.postel.mailbox.api.v1.DirectoryGrpc;
import org.postel.mailbox.api.v1.OverLimit;
import org.postel.smtp.session.Account;
import org.postel.smtp.session.Login;
import org.postel.smtp.syntax.Reply;

/** Against a server that speaks the contract. */
class ServiceLimitsTest {

    private static final Login ALICE = new Login.Authenticated(new Account("alice@example.test", Set.of("alice@example.test"), () -> true));
    private static final Login BOB = new Login.Authenticated(new Account("bob@example.test", Set.of("bob@example.test"), () -> true));

    @TempDir
    Path folder;
    private final List<AllowRequest> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile AllowResponse answer = granted(3, 10, 60);
    private Server server;
    private MailboxServiceClient client;
    private ServiceLimits limits;

    @BeforeEach
    void start() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new DirectoryGrpc.DirectoryImplBase() {
                @Override
                public void allow(AllowRequest request, StreamObserver<AllowResponse> to) {
                    asked.add(request);
                    to.onNext(answer);
                    to.onCompleted();
                }
            }).build().start();
        Path token = Files.writeString(folder.resolve("token"), "a.b.c");
        MailboxClientSettings sane = MailboxClientSettings.of(List.of("127.0.0.1:" + server.getPort()), token);
        client = new MailboxServiceClient(new MailboxClientSettings(sane.addresses(), token, Duration.ofSeconds(5), Duration.ofSeconds(5),
            Duration.ofSeconds(5), Duration.ofSeconds(1), sane.keepAlive(), sane.keepAliveTimeout(), sane.resolveInterval(),
            sane.maxMessageBytes(), sane.streamWindow()));
        limits = new ServiceLimits(client.directory());
    }

    @AfterEach
    void stop() throws InterruptedException {
        client.close();
        server.shutdownNow().awaitTermination();
    }

    @Test
    void whatIsGrantedInAdvanceIsUsedBeforeTheServiceIsAskedAgain() {
        for (int message = 1; message <= 3; message++) {
            assertEquals(Optional.empty(), limits.refusal(ALICE, 2));
        }
        assertEquals(1, asked.size());
        limits.refusal(ALICE, 2);
        assertEquals(2, asked.size(), "three messages were granted");
        limits.refusal(ALICE, 9);
        assertEquals(3, asked.size(), "eight recipients were left");
        limits.refusal(BOB, 1);
        assertEquals(List.of("alice@example.test", "bob@example.test"), asked.stream().map(AllowRequest::getAccount).distinct().toList());
        assertEquals(List.of(2, 2, 9, 1), asked.stream().map(AllowRequest::getRecipients).toList());
    }

    @Test
    void whatIsGrantedInAdvanceHasAnEnd() {
        answer = granted(100, 100, 0);
        limits.refusal(ALICE, 1);
        limits.refusal(ALICE, 1);
        assertEquals(2, asked.size());
    }

    @Test
    void aRefusalSaysWhichLimitAndUntilWhen() {
        assertRefused(Reply.of(450, "4.7.1", "This account may send 100 messages in an hour; try again in 2 minutes"),
            OverLimit.newBuilder().setLimit(100).setSeconds(61));
        assertRefused(Reply.of(450, "4.7.1", "Your domain may send to 500 recipients in a day; try again in 60 minutes"),
            OverLimit.newBuilder().setOfDomain(true).setOfRecipients(true).setInADay(true).setLimit(500).setSeconds(3600));
        assertRefused(Reply.of(550, "5.7.1", "Too many recipients: this account may send to 50 recipients in an hour"),
            OverLimit.newBuilder().setOfRecipients(true).setLimit(50));
    }

    @Test
    void strangersHaveNone() {
        assertEquals(Optional.empty(), limits.refusal(new Login.Anonymous(), 1));
        assertEquals(0, asked.size());
    }

    /** A limit keeps order; that nobody counts is no reason to refuse mail. */
    @Test
    void mailGoesOnWhileNobodyCounts() throws InterruptedException {
        server.shutdownNow().awaitTermination();
        assertEquals(Optional.empty(), limits.refusal(ALICE, 1));
    }

    private void assertRefused(Reply reply, OverLimit.Builder over) {
        answer = AllowResponse.newBuilder().setRefused(over).build();
        assertEquals(Optional.of(reply), limits.refusal(ALICE, 1));
    }

    private static AllowResponse granted(int messages, int recipients, int seconds) {
        return AllowResponse.newBuilder()
            .setGranted(Allowance.newBuilder().setMessages(messages).setRecipients(recipients).setSeconds(seconds)).build();
    }
}
