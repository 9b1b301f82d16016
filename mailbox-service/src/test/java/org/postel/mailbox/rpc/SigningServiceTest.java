package org.postel.mailbox.rpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.postel.mailbox.api.SigningClient;
import org.postel.mailbox.api.v1.SignRequest;
import org.postel.mailbox.api.v1.SigningKeysRequest;
import org.postel.mailbox.api.v1.SigningKeysResponse;
import org.postel.mailbox.api.v1.ToSign;
import org.postel.mailbox.dkim.DomainKey;
import org.postel.mailbox.identity.Caller;

/** Hashes are signed for the delivery-worker, and for nobody else. */
class SigningServiceTest {

    private static final ByteString HASH = ByteString.copyFrom(new byte[32]);

    @TempDir
    Path folder;

    private RpcFixture service;

    @BeforeEach
    void start() throws Exception {
        service = new RpcFixture(folder, Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void theWorkerLearnsWhichKeysThereAreAndHasHashesSigned() throws Exception {
        SigningClient worker = service.client(Caller.DELIVERY_WORKER).signing();
        SigningKeysResponse keys = worker.signingKeys(SigningKeysRequest.newBuilder().setDomain("mx.example.test").build());
        List<DomainKey> kept = service.keys.of("example.test").get().keys();
        assertEquals("example.test", keys.getDomain());
        assertEquals(List.of("rsa-sha256", "ed25519-sha256"), keys.getKeysList().stream().map(key -> key.getAlgorithm()).toList());
        assertEquals(kept.stream().map(DomainKey::selector).toList(), keys.getKeysList().stream().map(key -> key.getSelector()).toList());
        for (DomainKey key : kept) {
            byte[] signature = worker.sign(SignRequest.newBuilder().setDomain("example.test").addToSign(wanted(key.selector(), HASH)).build())
                    .getSignatures(0).toByteArray();
            assertArrayEquals(key.pair().sign(HASH.toByteArray()), signature);
        }
        assertEquals(SigningKeysResponse.getDefaultInstance(), worker.signingKeys(SigningKeysRequest.newBuilder().setDomain("example.org").build()));
    }

    @Test
    void nobodyElseHasAnythingSigned() throws Exception {
        for (Caller caller : List.of(Caller.SMTP_GATEWAY, Caller.IMAP_GATEWAY, Caller.POP3_GATEWAY)) {
            SigningClient client = service.client(caller).signing();
            refused(Reason.PERMISSION_DENIED, () -> client.sign(SignRequest.getDefaultInstance()));
            refused(Reason.PERMISSION_DENIED, () -> client.signingKeys(SigningKeysRequest.getDefaultInstance()));
        }
    }

    @Test
    void whatIsNoHashOrHasNoKeyIsRefused() throws Exception {
        SigningClient worker = service.client(Caller.DELIVERY_WORKER).signing();
        SignRequest.Builder request = SignRequest.newBuilder().setDomain("example.test");
        refused(Reason.INVALID_ARGUMENT, () -> worker.sign(request.clone().addToSign(wanted("s1", ByteString.copyFromUtf8("a whole mail"))).build()));
        refused(Reason.INVALID_ARGUMENT, () -> worker.sign(request.clone().addAllToSign(Collections.nCopies(11, wanted("s1", HASH))).build()));
        refused(Reason.NOT_FOUND, () -> worker.sign(request.clone().addToSign(wanted("s1", HASH)).build()));
    }

    private static ToSign wanted(String selector, ByteString hash) {
        return ToSign.newBuilder().setSelector(selector).setHash(hash).build();
    }

    private static void refused(Reason reason, Runnable call) {
        assertEquals(reason, assertThrows(MailboxServiceException.class, call::run).reason());
    }
}
