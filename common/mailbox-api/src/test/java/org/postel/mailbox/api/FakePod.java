package org.postel.mailbox.api;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.postel.mailbox.api.v1.AuthenticateResponse;
import org.postel.mailbox.api.v1.DeliverRequest;
import org.postel.mailbox.api.v1.DeliverResponse;
import org.postel.mailbox.api.v1.DeliverResult;
import org.postel.mailbox.api.v1.DeliveryGrpc;
import org.postel.mailbox.api.v1.DirectoryGrpc;
import org.postel.mailbox.api.v1.LocalAccount;
import org.postel.mailbox.api.v1.MailboxTree;
import org.postel.mailbox.api.v1.MailboxesGrpc;
import org.postel.mailbox.api.v1.Refused;
import org.postel.mailbox.api.v1.RenewRequest;
import org.postel.mailbox.api.v1.Resolution;
import org.postel.mailbox.api.v1.ResolveRequest;
import org.postel.mailbox.api.v1.ResolveResponse;
import org.postel.mailbox.api.v1.SearchChunk;
import org.postel.mailbox.api.v1.SearchRequest;
import org.postel.mailbox.api.v1.Session;
import org.postel.mailbox.api.v1.StoreRequest;
import org.postel.mailbox.api.v1.StoreResponse;
import org.postel.mailbox.api.v1.TreeRequest;
import org.postel.mailbox.api.v1.UnknownUser;

/** A pod that remembers who called it how, and fails as it is told. */
final class FakePod implements AutoCloseable {

    final List<String> delivered = new CopyOnWriteArrayList<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    /** Whether what opened a session opens it once more. */
    volatile boolean renews = true;
    final List<String> tokens = new CopyOnWriteArrayList<>();
    /** What each call had left of its deadline when it came. */
    final List<Duration> left = new CopyOnWriteArrayList<>();
    final List<Optional<String>> traces = new CopyOnWriteArrayList<>();
    final AtomicReference<Status> failing = new AtomicReference<>(Status.OK);
    /** Calls are answered once they have no more than this left. */
    final AtomicReference<Duration> answeringAt = new AtomicReference<>(Duration.ofDays(1));
    private final Server server;

    FakePod() throws IOException {
        this(0);
    }

    FakePod(int port) throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
                .addService(new FakeDirectory())
                .addService(new FakeMailboxes())
                .addService(new FakeDelivery())
                .intercept(new Remembering())
                .build().start();
    }

    int port() {
        return server.getPort();
    }

    String address() {
        return "127.0.0.1:" + port();
    }

    /** Nobody is at nobody@; everybody else has an account. */
    private static Resolution resolution(String address) {
        return address.startsWith("nobody@")
                ? Resolution.newBuilder().setUnknownUser(UnknownUser.getDefaultInstance()).build()
                : Resolution.newBuilder().setAccount(LocalAccount.newBuilder().setAddress(address)).build();
    }

    private <T> void answer(String call, T answer, StreamObserver<T> to) {
        calls.add(call);
        left.add(timeLeft());
        while (timeLeft().compareTo(answeringAt.get()) > 0) {
            Thread.onSpinWait();
        }
        Status status = failing.get();
        if (!status.isOk()) {
            to.onError(status.asRuntimeException());
            return;
        }
        to.onNext(answer);
        to.onCompleted();
    }

    private static Duration timeLeft() {
        return Duration.ofNanos(Context.current().getDeadline().timeRemaining(TimeUnit.NANOSECONDS));
    }

    private final class FakeDirectory extends DirectoryGrpc.DirectoryImplBase {
        @Override
        public void resolve(ResolveRequest request, StreamObserver<ResolveResponse> to) {
            if (request.getAddress(0).equals("slow@example.test")) {
                return;
            }
            answer("Resolve", ResolveResponse.newBuilder()
                    .addAllResolutions(request.getAddressList().stream().map(FakePod::resolution).toList()).build(), to);
        }

        @Override
        public void renew(RenewRequest request, StreamObserver<AuthenticateResponse> to) {
            Session fresh = Session.newBuilder().setSessionToken(request.getSessionToken() + "+").setTokenTtlSeconds(3_600).build();
            answer("Renew", renews ? AuthenticateResponse.newBuilder().setSession(fresh).build()
                    : AuthenticateResponse.newBuilder().setRefused(Refused.newBuilder().setReason(Refused.Reason.CREDENTIALS)).build(), to);
        }
    }

    private final class FakeMailboxes extends MailboxesGrpc.MailboxesImplBase {
        @Override
        public void tree(TreeRequest request, StreamObserver<MailboxTree> to) {
            answer("Tree", MailboxTree.getDefaultInstance(), to);
        }

        @Override
        public void store(StoreRequest request, StreamObserver<StoreResponse> to) {
            answer("Store", StoreResponse.getDefaultInstance(), to);
        }

        /** Begins, and is silent then. */
        @Override
        public void search(SearchRequest request, StreamObserver<SearchChunk> to) {
            calls.add("Search");
            to.onNext(SearchChunk.getDefaultInstance());
        }
    }

    /** Tells which account each result is of. */
    private final class FakeDelivery extends DeliveryGrpc.DeliveryImplBase {
        @Override
        public void deliver(DeliverRequest request, StreamObserver<DeliverResponse> to) {
            request.getToList().forEach(each -> delivered.add(each.getAccountId().toStringUtf8()));
            answer("Deliver", DeliverResponse.newBuilder().addAllResults(request.getToList().stream()
                    .map(each -> DeliverResult.newBuilder().setDetail(each.getAccountId().toStringUtf8()).build()).toList()).build(), to);
        }
    }

    private final class Remembering implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            tokens.add(headers.get(CallHeaders.AUTHORIZATION) + " " + headers.get(CallHeaders.SESSION));
            traces.add(Optional.ofNullable(headers.get(CallHeaders.TRACE_PARENT)));
            return next.startCall(call, headers);
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
