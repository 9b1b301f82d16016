package org.postel.pop3.backend;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.AcquireMaildropRequest;
import org.postel.mailbox.api.v1.AuthenticateRequest;
import org.postel.mailbox.api.v1.AuthenticateResponse;
import org.postel.mailbox.api.v1.ContentChunk;
import org.postel.mailbox.api.v1.ContentRequest;
import org.postel.mailbox.api.v1.DirectoryGrpc;
import org.postel.mailbox.api.v1.ExpungeRequest;
import org.postel.mailbox.api.v1.ExpungeResponse;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.MailboxesGrpc;
import org.postel.mailbox.api.v1.MaildropLease;
import org.postel.mailbox.api.v1.MessagePiece;
import org.postel.mailbox.api.v1.MessagesChunk;
import org.postel.mailbox.api.v1.MessagesRequest;
import org.postel.mailbox.api.v1.OpenRequest;
import org.postel.mailbox.api.v1.Refused;
import org.postel.mailbox.api.v1.ReleaseMaildropRequest;
import org.postel.mailbox.api.v1.ReleaseMaildropResponse;
import org.postel.mailbox.api.v1.RenewMaildropRequest;
import org.postel.mailbox.api.v1.RenewRequest;
import org.postel.mailbox.api.v1.Session;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.postel.mailbox.api.v1.SummaryRow;
import org.roaringbitmap.RoaringBitmap;

/** mailbox-service on the wire, with one account of two messages; says what it was asked. */
final class FakeMailboxService implements AutoCloseable {

    static final ByteString INBOX = ByteString.copyFrom(new byte[16]);
    static final long TOKEN = 7;
    static final int CHUNKS = 2_000;
    static final int CHUNK = 10_000;

    final BlockingQueue<Object> asked = new LinkedBlockingQueue<>();
    final AtomicLong chunksSent = new AtomicLong();
    final AtomicInteger renewals = new AtomicInteger();
    volatile Renewal renewal = Renewal.STANDS;
    volatile Refused.Reason refusing = Refused.Reason.REASON_UNSPECIFIED;
    volatile boolean inUse;
    volatile boolean lost;
    volatile boolean torn;
    volatile long ttlMillis = 60_000;
    private final Server server;

    FakeMailboxService() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .addService(new FakeDirectory()).addService(new FakeMailboxes()).build().start();
    }

    int port() {
        return server.getPort();
    }

    /** The next call of a type; others are passed over. */
    <T> T asked(Class<T> type) throws InterruptedException {
        while (true) {
            Object next = asked.poll(15, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nobody asked for " + type.getSimpleName());
            }
            if (type.isInstance(next)) {
                return type.cast(next);
            }
        }
    }

    /** What is said of a session that is to be renewed. */
    enum Renewal { STANDS, ENDED, NOBODY_CAN_SAY }

    private <T> void answer(StreamObserver<T> to, T answer) {
        to.onNext(answer);
        to.onCompleted();
    }

    private final class FakeDirectory extends DirectoryGrpc.DirectoryImplBase {

        @Override
        public void renew(RenewRequest request, StreamObserver<AuthenticateResponse> to) {
            renewals.incrementAndGet();
            switch (renewal) {
                case STANDS -> FakeMailboxService.this.answer(to, AuthenticateResponse.newBuilder().setSession(Session.newBuilder().setSessionToken("again").setTokenTtlSeconds(3_600)).build());
                case ENDED -> FakeMailboxService.this.answer(to, AuthenticateResponse.newBuilder().setRefused(Refused.newBuilder().setReason(Refused.Reason.CREDENTIALS)).build());
                case NOBODY_CAN_SAY -> to.onError(Status.UNAVAILABLE.asRuntimeException());
            }
        }

        @Override
        public void authenticate(AuthenticateRequest request, StreamObserver<AuthenticateResponse> to) {
            asked.add(request);
            AuthenticateResponse.Builder answer = AuthenticateResponse.newBuilder();
            if (refusing == Refused.Reason.REASON_UNSPECIFIED) {
                answer.setSession(Session.newBuilder().setAccountId(INBOX).setSessionToken("token").setTokenTtlSeconds(600));
            } else {
                answer.setRefused(Refused.newBuilder().setReason(refusing));
            }
            FakeMailboxService.this.answer(to, answer.build());
        }
    }

    private final class FakeMailboxes extends MailboxesGrpc.MailboxesImplBase {

        @Override
        public void acquireMaildrop(AcquireMaildropRequest request, StreamObserver<MaildropLease> to) {
            asked.add(request);
            if (inUse) {
                to.onError(Status.ALREADY_EXISTS.asRuntimeException());
            } else {
                answer(to, lease());
            }
        }

        private MaildropLease lease() {
            return MaildropLease.newBuilder().setFencingToken(TOKEN).setMailboxId(INBOX).setTtlMillis(ttlMillis).build();
        }

        @Override
        public void renewMaildrop(RenewMaildropRequest request, StreamObserver<MaildropLease> to) {
            asked.add(request);
            if (lost) {
                to.onError(Status.ABORTED.asRuntimeException());
            } else {
                answer(to, lease());
            }
        }

        @Override
        public void releaseMaildrop(ReleaseMaildropRequest request, StreamObserver<ReleaseMaildropResponse> to) {
            asked.add(request);
            answer(to, ReleaseMaildropResponse.getDefaultInstance());
        }

        @Override
        public void open(OpenRequest request, StreamObserver<SnapshotChunk> to) {
            asked.add(request);
            to.onNext(SnapshotChunk.newBuilder().setHeader(MailboxHeader.newBuilder().setUidValidity(-2))
                    .setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(3))).addSize(100).build());
            to.onNext(SnapshotChunk.newBuilder().setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(9, -1))).addAllSize(List.of(200L, 300L)).build());
            to.onCompleted();
        }

        /** The messages of 200 and 300 octets; one is a piece short when {@link #torn}. */
        @Override
        public void messages(MessagesRequest request, StreamObserver<MessagesChunk> to) {
            asked.add(request);
            UidSet.parse(request.getUids()).forEach((int uid) -> {
                to.onNext(MessagesChunk.newBuilder()
                        .addPieces(MessagePiece.newBuilder().setRow(SummaryRow.newBuilder().setUid(uid)))
                        .addPieces(MessagePiece.newBuilder().setData(ByteString.copyFrom(new byte[uid == 9 ? 150 : 250]))).build());
                if (!torn || uid != 9) {
                    to.onNext(MessagesChunk.newBuilder()
                            .addPieces(MessagePiece.newBuilder().setData(ByteString.copyFrom(new byte[50]))).build());
                }
            });
            to.onCompleted();
        }

        @Override
        public void content(ContentRequest request, StreamObserver<ContentChunk> to) {
            asked.add(request);
            if (request.getUid() != 3) {
                to.onError(Status.NOT_FOUND.asRuntimeException());
                return;
            }
            ServerCallStreamObserver<ContentChunk> stream = (ServerCallStreamObserver<ContentChunk>) to;
            ContentChunk chunk = ContentChunk.newBuilder().setData(ByteString.copyFrom(new byte[CHUNK])).build();
            stream.setOnReadyHandler(() -> {
                while (stream.isReady() && chunksSent.get() < CHUNKS) {
                    stream.onNext(chunk);
                    if (chunksSent.incrementAndGet() == CHUNKS) {
                        stream.onCompleted();
                    }
                }
            });
        }

        @Override
        public void expunge(ExpungeRequest request, StreamObserver<ExpungeResponse> to) {
            asked.add(request);
            if (lost) {
                to.onError(Status.ABORTED.asRuntimeException());
            } else {
                answer(to, ExpungeResponse.getDefaultInstance());
            }
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
