package org.postel.mailbox.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.postel.mailbox.api.v1.ChangesRequest;
import org.postel.mailbox.api.v1.DeliverRequest;
import org.postel.mailbox.api.v1.DeliverResult;
import org.postel.mailbox.api.v1.DeliverTo;
import org.postel.mailbox.api.v1.ResolveRequest;
import org.postel.mailbox.api.v1.SearchChunk;
import org.postel.mailbox.api.v1.SearchRequest;
import org.postel.mailbox.api.v1.Session;
import org.postel.mailbox.api.v1.StoreRequest;
import org.postel.mailbox.api.v1.TreeRequest;
import org.postel.tracing.Kind;
import org.postel.tracing.Span;
import org.postel.tracing.SpansInMemory;

@Timeout(60)
class MailboxServiceClientTest {

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Status REFUSED = Status.UNAVAILABLE.withDescription("the database does not answer");

    @TempDir
    Path folder;

    private final List<FakePod> pods = new ArrayList<>();
    private Path token;
    private MailboxServiceClient client;

    @BeforeEach
    void start() throws IOException {
        pods.add(new FakePod());
        pods.add(new FakePod());
        token = Files.writeString(folder.resolve("service.token"), "first\n");
        client = client(pods.stream().map(FakePod::address).toList());
    }

    @AfterEach
    void stop() {
        client.close();
        pods.forEach(FakePod::close);
    }

    @Test
    void anAccountsCallsGoToOnePodAndAccountsToAll() {
        for (int account = 0; account < 20; account++) {
            int before = pods.get(0).calls.size();
            for (int i = 0; i < 5; i++) {
                tree(account);
            }
            int first = pods.get(0).calls.size() - before;
            assertTrue(first == 0 || first == 5, "one account on two pods");
        }
        pods.forEach(pod -> assertTrue(pod.calls.size() > 10, "one pod has nearly all accounts"));
    }

    @Test
    void whenAPodIsGoneItsAccountsAreServedByAnother() {
        pods.get(0).close();
        for (int account = 0; account < 20; account++) {
            tree(account);
            client.mailboxes(session(account)).store(StoreRequest.getDefaultInstance());
        }
        assertEquals(40, pods.get(1).calls.size());
    }

    @Test
    void aPodThatComesBackIsUsedAgain() throws IOException {
        try (MailboxServiceClient one = client(List.of(pods.get(0).address()))) {
            int port = pods.get(0).port();
            pods.get(0).close();
            assertEquals(Reason.UNAVAILABLE, assertThrows(MailboxServiceException.class, () -> resolve(one)).reason());
            pods.add(new FakePod(port));
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (pods.getLast().calls.isEmpty() && System.nanoTime() < end) {
                try {
                    resolve(one);
                } catch (MailboxServiceException e) {
                    assertEquals(Reason.UNAVAILABLE, e.reason());
                    Thread.onSpinWait();
                }
            }
            assertEquals(1, pods.getLast().calls.size());
        }
    }

    @Test
    void whatOnePodRefusesForWantOfItsDatabaseAnotherServes() {
        pods.get(0).failing.set(REFUSED);
        for (int account = 0; account < 20; account++) {
            tree(account);
        }
        assertEquals(20, pods.get(1).calls.size());
        assertTrue(pods.get(0).calls.size() > 2, "a pod that refuses is asked first by the accounts that are its own");
    }

    @Test
    void whereAllPodsRefuseTwoAreAsked() throws IOException {
        pods.add(new FakePod());
        pods.forEach(pod -> pod.failing.set(REFUSED));
        try (MailboxServiceClient all = client(pods.stream().map(FakePod::address).toList())) {
            MailboxesClient mail = all.mailboxes(session(1));
            assertEquals(Reason.UNAVAILABLE, assertThrows(MailboxServiceException.class, () -> mail.tree(TreeRequest.getDefaultInstance())).reason());
        }
        assertEquals(2, calls());
    }

    @Test
    void whatMustNotBeDoneTwiceIsNotAskedElsewhere() {
        pods.forEach(pod -> pod.failing.set(REFUSED));
        MailboxesClient mail = client.mailboxes(session(1));
        assertEquals(Reason.UNAVAILABLE, assertThrows(MailboxServiceException.class, () -> mail.store(StoreRequest.getDefaultInstance())).reason());
        assertEquals(1, calls());
    }

    @Test
    void theSecondPodHasWhatTheFirstLeftOfTheDeadline() {
        pods.forEach(pod -> {
            pod.failing.set(REFUSED);
            pod.answeringAt.set(DEADLINE.dividedBy(2));
        });
        assertThrows(MailboxServiceException.class, () -> resolve(client));
        List<Duration> left = pods.stream().flatMap(pod -> pod.left.stream()).sorted().toList();
        assertEquals(2, left.size());
        assertTrue(left.getFirst().compareTo(DEADLINE.dividedBy(2)) <= 0, left.toString());
    }

    @Test
    void aCallThatIsNotAnsweredEndsAtItsDeadline() {
        MailboxServiceException late = assertThrows(MailboxServiceException.class,
                () -> client.directory().resolve(ResolveRequest.newBuilder().addAddress("slow@example.test").build()));
        assertEquals(Reason.UNAVAILABLE, late.reason());
    }

    @Test
    void aCallSaysWhichSpanItIsOf() {
        SpansInMemory spans = new SpansInMemory();
        try (Span command = spans.tracing().begin(Kind.SERVER, "IMAP", "LIST"); Span.Scope _ = command.enter()) {
            tree(1);
            pods.forEach(pod -> pod.failing.set(Status.PERMISSION_DENIED));
            assertThrows(MailboxServiceException.class, () -> resolve(client));
        }
        SpanData call = spans.named("call Tree");
        assertEquals(spans.named("IMAP LIST").getSpanId(), call.getParentSpanId());
        assertTrue(traces().contains(Optional.of("00-" + call.getTraceId() + "-" + call.getSpanId() + "-01")));
        assertEquals(StatusCode.ERROR, spans.named("call Resolve").getStatus().getStatusCode());
    }

    @Test
    void withoutATraceACallSaysNothingOfIt() {
        tree(1);
        assertEquals(List.of(Optional.empty()), traces());
    }

    private List<Optional<String>> traces() {
        return pods.stream().flatMap(pod -> pod.traces.stream()).toList();
    }

    @Test
    void aSearchThatBeganIsNotStartedOnAnotherPod() {
        try (MessageStream<SearchChunk> found = client.mailboxes(session(1)).search(SearchRequest.getDefaultInstance())) {
            assertEquals(SearchChunk.getDefaultInstance(), found.next());
            assertEquals(Reason.UNAVAILABLE, assertThrows(MailboxServiceException.class, found::hasNext).reason());
        }
        assertEquals(1, calls());
    }

    @Test
    void tokensTravelWithEachCallAndAChangedFileIsReadAgain() throws IOException {
        tree(1);
        Files.writeString(token, "second, and longer");
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (seen("Bearer second, and longer token1") == 0 && System.nanoTime() < end) {
            tree(1);
        }
        assertTrue(seen("Bearer first token1") > 0);
        assertTrue(seen("Bearer second, and longer token1") > 0);
        Files.delete(token);
        tree(1);
    }

    @Test
    void withoutATokenFileNothingIsSent() {
        try (MailboxServiceClient tokenless = new MailboxServiceClient(
                MailboxClientSettings.of(List.of(pods.get(0).address()), folder.resolve("none")))) {
            assertEquals(Reason.UNAUTHENTICATED, assertThrows(MailboxServiceException.class, () -> resolve(tokenless)).reason());
            assertEquals(0, pods.get(0).calls.size());
        }
    }

    @Test
    void anAgingSessionIsRenewedBeforeTheCall() {
        Session old = session(1).toBuilder().setTokenTtlSeconds(0).build();
        MailboxesClient mail = client.mailboxes(old);
        mail.tree(TreeRequest.getDefaultInstance());
        mail.tree(TreeRequest.getDefaultInstance());
        assertEquals(2, seen("Bearer first token1+"));
        assertEquals(1, pods.stream().flatMap(pod -> pod.calls.stream()).filter("Renew"::equals).count());
    }

    @Test
    void aSessionIsProvedByRenewingIt() {
        MailboxesClient mail = client.mailboxes(session(1));
        mail.prove();
        mail.tree(TreeRequest.getDefaultInstance());
        assertEquals(1, seen("Bearer first token1+"));
        pods.forEach(pod -> pod.renews = false);
        assertEquals(MailboxServiceException.Reason.UNAUTHENTICATED, assertThrows(MailboxServiceException.class, mail::prove).reason());
    }

    @Test
    void aPodOfAnOlderReleaseSaysOfEachPollThatItIsMuch() {
        assertTrue(client.mailboxes(session(1)).poll(ChangesRequest.getDefaultInstance()).getMuch());
    }

    @Test
    void eachRecipientIsDeliveredToWhereItsMailboxIs() {
        List<String> accounts = IntStream.range(0, 20).mapToObj(i -> "account" + i).toList();
        DeliverRequest.Builder all = DeliverRequest.newBuilder();
        for (String account : accounts) {
            DeliverTo to = DeliverTo.newBuilder().setAccountId(ByteString.copyFromUtf8(account)).build();
            all.addTo(to);
            client.delivery().deliver(DeliverRequest.newBuilder().addTo(to).build());
        }
        List<List<String>> alone = pods.stream().map(pod -> pod.delivered).map(List::copyOf).toList();
        pods.forEach(pod -> pod.delivered.clear());
        assertEquals(accounts, client.delivery().deliver(all.build()).getResultsList().stream().map(DeliverResult::getDetail).toList());
        assertEquals(alone, pods.stream().map(pod -> pod.delivered).toList());
        assertTrue(alone.stream().noneMatch(List::isEmpty));
    }

    @Test
    void addressesThatAreNoneAreRefused() {
        for (String wrong : List.of("", "host", "host:", ":9090", "host:0", "host:70000", "host:x")) {
            assertThrows(IllegalArgumentException.class, () -> MailboxClientSettings.of(List.of(wrong), token), wrong);
        }
        assertEquals(new PodName("::1", 9090), PodName.parse("[::1]:9090"));
        assertThrows(IllegalArgumentException.class, () -> MailboxClientSettings.of(List.of(), token));
    }

    private int calls() {
        return pods.stream().mapToInt(pod -> pod.calls.size()).sum();
    }

    private long seen(String tokens) {
        return pods.stream().flatMap(pod -> pod.tokens.stream()).filter(tokens::equals).count();
    }

    private void tree(int account) {
        client.mailboxes(session(account)).tree(TreeRequest.getDefaultInstance());
    }

    private static void resolve(MailboxServiceClient client) {
        client.directory().resolve(ResolveRequest.newBuilder().addAddress("a@example.test").build());
    }

    private static Session session(int account) {
        byte[] id = new byte[16];
        id[15] = (byte) account;
        return Session.newBuilder().setAccountId(ByteString.copyFrom(id)).setSessionToken("token" + account).setTokenTtlSeconds(3_600).build();
    }

    private MailboxServiceClient client(List<String> addresses) {
        MailboxClientSettings sane = MailboxClientSettings.of(addresses, token);
        return new MailboxServiceClient(new MailboxClientSettings(addresses, token, DEADLINE, DEADLINE, DEADLINE,
                sane.connectTimeout(), sane.keepAlive(), sane.keepAliveTimeout(), sane.resolveInterval(), sane.maxMessageBytes(), sane.streamWindow()));
    }
}
