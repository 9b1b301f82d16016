package org.postel.mailbox.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postel.mailbox.api.ContentUpload;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxesClient;
import org.postel.mailbox.api.MessageStream;
import org.postel.mailbox.api.v1.AppendResponse;
import org.postel.mailbox.api.v1.AppendStart;
import org.postel.mailbox.api.v1.AppendWholeRequest;
import org.postel.mailbox.api.v1.AuthenticateRequest.Protocol;
import org.postel.mailbox.api.v1.ContentChunk;
import org.postel.mailbox.api.v1.ContentRequest;
import org.postel.mailbox.api.v1.PutContentResponse;
import org.postel.mailbox.api.v1.StatusRequest;
import org.postel.mailbox.identity.Caller;

@Timeout(60)
class RpcStreamsTest {

    private static final long GIGABYTE = 1L << 30;
    // Both windows, what gRPC holds before it says that it is not ready, and the messages that wait on both sides.
    private static final long BOUND = 2L * RpcFixture.STREAM_WINDOW + 10L * EndlessMailboxes.CHUNK;

    @TempDir
    Path folder;

    private RpcFixture service;
    private MailboxesClient mail;

    @BeforeEach
    void start() throws Exception {
        service = new RpcFixture(folder, Duration.ofSeconds(30));
        mail = service.client(Caller.IMAP_GATEWAY).mailboxes(service.login(Caller.IMAP_GATEWAY, Protocol.IMAP));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aSlowReaderHoldsTheStoreBackAndNobodyElse() throws Exception {
        try (MessageStream<ContentChunk> slow = mail.content(request(GIGABYTE))) {
            assertEquals(EndlessMailboxes.CHUNK, slow.next().getData().size());
            long settled = settled();
            assertTrue(settled <= BOUND, "handed out to a reader that stands still: " + settled);
            // On the same connection, while the slow one stands still.
            assertEquals(1, mail.status(StatusRequest.getDefaultInstance()).getHeadersCount());
            assertEquals(8L << 20, octets(mail.content(request(8 << 20))));
            long before = service.mailboxes.handedOut.get();
            for (int i = 0; i < 100; i++) {
                slow.next();
            }
            assertTrue(settled() > before, "the stream goes on when it is read");
        }
        assertTrue(service.mailboxes.broken.await(20, TimeUnit.SECONDS), "closing the stream ends the work for it");
    }

    @Test
    void aReaderThatStandsStillForTooLongIsGivenUp() throws Exception {
        try (RpcFixture impatient = new RpcFixture(folder, Duration.ofMillis(200))) {
            MailboxesClient client = impatient.client(Caller.IMAP_GATEWAY).mailboxes(impatient.login(Caller.IMAP_GATEWAY, Protocol.IMAP));
            try (MessageStream<ContentChunk> slow = client.content(request(GIGABYTE))) {
                assertTrue(impatient.mailboxes.broken.await(20, TimeUnit.SECONDS));
                assertThrows(MailboxServiceException.class, () -> octets(slow));
            }
        }
    }

    @Test
    void aSlowStoreHoldsTheSenderBack() throws Exception {
        service.intake.allowed.drainPermits();
        ContentUpload<PutContentResponse> upload = service.client(Caller.SMTP_GATEWAY).delivery().putContent(ByteString.copyFrom(new byte[16]));
        CompletableFuture<Long> sent = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            byte[] megabyte = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                upload.write(megabyte, 0, megabyte.length);
            }
            sent.complete(upload.finish().getSize());
        });
        assertThrows(TimeoutException.class, () -> sent.get(500, TimeUnit.MILLISECONDS));
        service.intake.allowed.release(1_000_000);
        assertEquals(64L << 20, sent.get(30, TimeUnit.SECONDS));
        assertEquals(1, service.intake.finished.get());
    }

    @Test
    void anUploadThatIsGivenUpIsNotFinished() throws Exception {
        try (ContentUpload<AppendResponse> upload = mail.append(AppendStart.newBuilder().setSize(100).build())) {
            upload.write(ByteString.copyFromUtf8("half"));
            while (service.intake.taken.get() == 0) {
                Thread.onSpinWait();
            }
        }
        assertTrue(service.intake.closed.await(20, TimeUnit.SECONDS));
        assertEquals(0, service.intake.finished.get());
    }

    @Test
    void aWholeMessageIsFinishedInOneCall() {
        AppendResponse stored = mail.append(AppendWholeRequest.newBuilder()
                .setStart(AppendStart.newBuilder().setSize(5)).setData(ByteString.copyFromUtf8("hello")).build());
        assertEquals(1, stored.getUid());
        assertEquals(5, service.intake.taken.get());
        assertEquals(1, service.intake.finished.get());
        assertEquals(0, service.intake.closed.getCount());
    }

    @Test
    void aRefusedUploadTellsTheSenderWhy() {
        MailboxServiceException refused = assertThrows(MailboxServiceException.class, () -> {
            try (ContentUpload<AppendResponse> upload = mail.append(AppendStart.newBuilder().setSize(Long.MAX_VALUE).build())) {
                byte[] megabyte = new byte[1 << 20];
                for (int i = 0; i < 100; i++) {
                    upload.write(megabyte, 0, megabyte.length);
                }
                upload.finish();
            }
        });
        assertEquals(MailboxServiceException.Reason.RESOURCE_EXHAUSTED, refused.reason());
    }

    @Test
    void drainingLetsAStreamUnderWayFinish() throws IOException {
        try (MessageStream<ContentChunk> stream = mail.content(request(4 << 20))) {
            stream.next();
            Thread drain = Thread.ofVirtual().start(service::drain);
            assertEquals((4L << 20) - EndlessMailboxes.CHUNK, octets(stream));
            assertTrue(joined(drain));
        }
    }

    private static boolean joined(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ContentRequest request(long length) {
        return ContentRequest.newBuilder().setLength(length).build();
    }

    private static long octets(MessageStream<ContentChunk> stream) {
        long octets = 0;
        while (stream.hasNext()) {
            octets += stream.next().getData().size();
        }
        return octets;
    }

    /** What was handed out once it does not grow any more. */
    private long settled() throws InterruptedException {
        long before;
        long now = service.mailboxes.handedOut.get();
        do {
            before = now;
            TimeUnit.MILLISECONDS.sleep(300);
            now = service.mailboxes.handedOut.get();
        } while (now != before);
        return now;
    }
}
