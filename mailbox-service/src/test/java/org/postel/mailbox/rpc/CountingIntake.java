package org.postel.mailbox.rpc;

import com.google.protobuf.ByteString;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.postel.mailbox.api.v1.AppendResponse;
import org.postel.mailbox.api.v1.AppendStart;
import org.postel.mailbox.api.v1.DeliverRequest;
import org.postel.mailbox.api.v1.DeliverResponse;
import org.postel.mailbox.api.v1.GetContentRequest;
import org.postel.mailbox.api.v1.PutContentResponse;
import org.postel.mailbox.api.v1.PutContentStart;
import org.postel.mailbox.storage.Intake;
import org.postel.mailbox.storage.StoreException;

/** A store that counts what comes in, and takes it only as fast as the test lets it. */
final class CountingIntake implements Intake {

    final AtomicLong taken = new AtomicLong();
    final AtomicInteger finished = new AtomicInteger();
    final CountDownLatch closed = new CountDownLatch(1);
    final Semaphore allowed = new Semaphore(Integer.MAX_VALUE);

    @Override
    public Upload<PutContentResponse> put(PutContentStart start) {
        return new Counting<>(() -> PutContentResponse.newBuilder().setSize(taken.get()).build());
    }

    @Override
    public Batch appendAll(UUID account) {
        throw new UnsupportedOperationException("nobody appends several here");
    }

    @Override
    public Upload<AppendResponse> append(UUID account, AppendStart start) {
        if (start.getSize() > 1_000_000_000) {
            throw new StoreException(StoreException.Problem.LIMIT, "too big");
        }
        return new Counting<>(() -> AppendResponse.newBuilder().setUid(1).build());
    }

    @Override
    public void get(GetContentRequest request, Consumer<ByteString> to) {
        throw new StoreException(StoreException.Problem.NOT_FOUND, "no such content");
    }

    @Override
    public DeliverResponse deliver(DeliverRequest request) {
        return DeliverResponse.getDefaultInstance();
    }

    private final class Counting<R> implements Upload<R> {

        private final java.util.function.Supplier<R> answer;

        Counting(java.util.function.Supplier<R> answer) {
            this.answer = answer;
        }

        @Override
        public void write(ByteString octets) {
            allowed.acquireUninterruptibly();
            taken.addAndGet(octets.size());
        }

        @Override
        public R finish() {
            finished.incrementAndGet();
            return answer.get();
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
