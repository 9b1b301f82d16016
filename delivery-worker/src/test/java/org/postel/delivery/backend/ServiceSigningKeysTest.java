package org.postel.delivery.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.delivery.sign.SigningKeys;
import org.postel.mail.Domain;
import org.postel.mailbox.api.MailboxClientSettings;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.mailbox.api.v1.SignRequest;
import org.postel.mailbox.api.v1.SignResponse;
import org.postel.mailbox.api.v1.SigningGrpc;
import org.postel.mailbox.api.v1.SigningKey;
import org.postel.mailbox.api.v1.SigningKeysRequest;
import org.postel.mailbox.api.v1.SigningKeysResponse;
import org.postel.trust.dkim.Algorithm;
import org.postel.trust.dkim.DkimKey;
import org.postel.trust.dkim.Signatory.Wanted;

/** Against a service on loopback that signs by turning hashes round. */
class ServiceSigningKeysTest {

    private static final DkimKey RSA = new DkimKey(new Domain("example.test"), "r1", Algorithm.RSA_SHA256);

    @TempDir
    Path folder;

    private final Signers signers = new Signers();
    private Server server;
    private MailboxServiceClient client;
    private SigningKeys keys;

    private static final class Signers extends SigningGrpc.SigningImplBase {

        private final List<String> asked = new ArrayList<>();
        private Status failure = Status.OK;
        private boolean forgetful;

        @Override
        public void signingKeys(SigningKeysRequest request, StreamObserver<SigningKeysResponse> to) {
            asked.add(request.getDomain());
            SigningKeysResponse.Builder response = SigningKeysResponse.newBuilder();
            if (request.getDomain().endsWith("example.test")) {
                response.setDomain("example.test").addKeys(key("r1", "rsa-sha256")).addKeys(key("x1", "of-tomorrow"));
            }
            answer(to, response.build());
        }

        @Override
        public void sign(SignRequest request, StreamObserver<SignResponse> to) {
            asked.add("sign " + request.getDomain() + " " + request.getToSign(0).getSelector());
            SignResponse.Builder response = SignResponse.newBuilder();
            request.getToSignList().stream().limit(forgetful ? 0 : 10).forEach(wanted -> response.addSignatures(
                    ByteString.copyFrom(new byte[] {wanted.getHash().byteAt(1), wanted.getHash().byteAt(0)})));
            answer(to, response.build());
        }

        private <R> void answer(StreamObserver<R> to, R response) {
            if (!failure.isOk()) {
                to.onError(failure.asRuntimeException());
                return;
            }
            to.onNext(response);
            to.onCompleted();
        }

        private static SigningKey key(String selector, String algorithm) {
            return SigningKey.newBuilder().setSelector(selector).setAlgorithm(algorithm).build();
        }
    }

    @BeforeEach
    void serve() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0)).addService(signers).build().start();
        Path token = Files.writeString(folder.resolve("token"), "token");
        client = new MailboxServiceClient(MailboxClientSettings.of(List.of("127.0.0.1:" + server.getPort()), token));
        keys = new ServiceSigningKeys(client.signing());
    }

    @AfterEach
    void close() {
        client.close();
        server.shutdownNow();
    }

    @Test
    void whichKeysThereAreIsAskedOnce() throws IOException {
        assertEquals(List.of(RSA), keys.of("mx.Example.test"), "an algorithm nobody knows here is left out");
        assertEquals(List.of(RSA), keys.of("MX.example.test"));
        assertEquals(List.of(), keys.of("example.org"));
        assertEquals(List.of(), keys.of("example.org"));
        assertEquals(List.of("mx.example.test", "example.org"), signers.asked);
    }

    @Test
    void hashesAreSigned() throws IOException {
        assertArrayEquals(new byte[] {2, 1}, keys.sign(List.of(new Wanted(RSA, new byte[] {1, 2}))).getFirst());
        assertEquals(List.of("sign example.test r1"), signers.asked);
        assertEquals(List.of(), keys.sign(List.of()));
    }

    @Test
    void troubleIsTemporaryAndLetsTheKeysBeAskedAnew() throws IOException {
        keys.of("example.test");
        signers.failure = Status.NOT_FOUND;
        assertThrows(IOException.class, () -> keys.sign(List.of(new Wanted(RSA, new byte[] {1, 2}))));
        assertThrows(IOException.class, () -> keys.of("example.test"));
        signers.failure = Status.OK;
        signers.forgetful = true;
        assertThrows(IOException.class, () -> keys.sign(List.of(new Wanted(RSA, new byte[] {1, 2}))));
        assertEquals(List.of(RSA), keys.of("example.test"));
    }
}
