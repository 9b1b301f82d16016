package org.postel.delivery.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postel.delivery.sts.KeptPolicy;
import org.postel.mailbox.api.MailboxClientSettings;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.mailbox.api.v1.KeepPolicyRequest;
import org.postel.mailbox.api.v1.KeepPolicyResponse;
import org.postel.mailbox.api.v1.KeptPolicyRequest;
import org.postel.mailbox.api.v1.KeptPolicyResponse;
import org.postel.mailbox.api.v1.StsPoliciesGrpc;
import org.postel.mailbox.api.v1.StsPolicy;

/** Against a service on loopback that keeps them in memory. */
@Timeout(30)
class ServicePoliciesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final KeptPolicy POLICY = new KeptPolicy("1", "version: STSv1\nmode: none\nmax_age: 60\n", NOW, NOW.plusSeconds(60));

    @TempDir
    Path folder;

    private final Keeper keeper = new Keeper();
    private Server server;
    private MailboxServiceClient client;
    private ServicePolicies policies;

    private static final class Keeper extends StsPoliciesGrpc.StsPoliciesImplBase {

        private final Map<String, StsPolicy> kept = new ConcurrentHashMap<>();
        private volatile Status failure = Status.OK;
        private volatile boolean silent;

        @Override
        public void keptPolicy(KeptPolicyRequest request, StreamObserver<KeptPolicyResponse> to) {
            StsPolicy policy = kept.get(request.getDomain());
            answer(to, policy == null ? KeptPolicyResponse.getDefaultInstance() : KeptPolicyResponse.newBuilder().setPolicy(policy).build());
        }

        @Override
        public void keepPolicy(KeepPolicyRequest request, StreamObserver<KeepPolicyResponse> to) {
            kept.put(request.getPolicy().getDomain(), request.getPolicy());
            answer(to, KeepPolicyResponse.newBuilder().setKept(true).build());
        }

        private <R> void answer(StreamObserver<R> to, R response) {
            if (silent) {
                return;
            }
            if (!failure.isOk()) {
                to.onError(failure.asRuntimeException());
                return;
            }
            to.onNext(response);
            to.onCompleted();
        }
    }

    @BeforeEach
    void serve() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0)).addService(keeper).build().start();
        Path token = Files.writeString(folder.resolve("token"), "token");
        client = new MailboxServiceClient(MailboxClientSettings.of(List.of("127.0.0.1:" + server.getPort()), token));
        policies = new ServicePolicies(client.policies());
    }

    @AfterEach
    void close() {
        client.close();
        server.shutdownNow();
    }

    @Test
    void whatIsKeptComesBackAsItWas() throws IOException {
        assertEquals(Optional.empty(), policies.of("example.org"));
        policies.keep("example.org", POLICY);
        assertEquals(NOW.plusSeconds(60).toEpochMilli(), keeper.kept.get("example.org").getEndsAt());
        assertEquals(Optional.of(POLICY), policies.of("example.org"));
    }

    @Test
    void troubleIsToldAndNotTakenForAnAnswer() {
        keeper.failure = Status.UNAVAILABLE;
        assertThrows(IOException.class, () -> policies.of("example.org"));
        assertThrows(IOException.class, () -> policies.keep("example.org", POLICY));
        // A release that does not keep them yet.
        keeper.failure = Status.UNIMPLEMENTED;
        assertThrows(IOException.class, () -> policies.of("example.org"));
    }

    /** Its destination has three seconds in the main lanes, and the service has ten for other calls. */
    @Test
    void noMessageWaitsForItForLong() {
        keeper.silent = true;
        long begun = System.nanoTime();
        assertThrows(IOException.class, () -> policies.of("example.org"));
        assertTrue(System.nanoTime() - begun < Duration.ofSeconds(5).toNanos());
    }
}
