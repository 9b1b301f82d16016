package org.postel.mailbox.api;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.ForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Makes a call on the first pod that serves it, with the tokens it needs. One that left no trace at a pod is made on the next;
 * one that may have is so only where it may be made twice. A pod that is reached and says UNAVAILABLE may be the only one that has lost
 * the database: one other is asked then, and no more, since where the database itself is down all would say so.
 */
final class Calls {

    private final Pods pods;
    private final MailboxClientSettings settings;
    private final ServiceToken serviceToken;

    Calls(Pods pods, MailboxClientSettings settings, ServiceToken serviceToken) {
        this.pods = pods;
        this.settings = settings;
        this.serviceToken = serviceToken;
    }

    /** Which pods are asked, and for which account. */
    record Route(Supplier<List<Pod>> pods, Supplier<Optional<String>> sessionToken, Optional<String> owner) {}

    Route anyPod() {
        return new Route(pods::any, Optional::empty, Optional.empty());
    }

    /** A call without a session, made where that account's mailboxes are warm. */
    Route serviceFor(byte[] accountId) {
        return new Route(() -> pods.forAccount(accountId), Optional::empty, Optional.empty());
    }

    /** Numbers of accounts, from 0 on, by the pod that is asked first for each. */
    Collection<List<Integer>> byPod(int accounts, IntFunction<byte[]> id) {
        Map<Optional<Pod>, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < accounts; i++) {
            groups.computeIfAbsent(pods.forAccount(id.apply(i)).stream().findFirst(), pod -> new ArrayList<>()).add(i);
        }
        return groups.values();
    }

    Route account(byte[] accountId, Supplier<String> sessionToken) {
        return new Route(() -> pods.forAccount(accountId), () -> Optional.of(sessionToken.get()), Optional.empty());
    }

    /** About mailboxes of another account, made where those are warm. */
    Route shared(byte[] ownerId, Supplier<String> sessionToken) {
        return new Route(() -> pods.forAccount(ownerId), () -> Optional.of(sessionToken.get()), Optional.of(HexFormat.of().formatHex(ownerId)));
    }

    MailboxClientSettings settings() {
        return settings;
    }

    /** A call that changes nothing, or nothing more when made twice. */
    <Q, R> R repeatable(Route route, MethodDescriptor<Q, R> method, Q request) {
        return unary(route, method, request, true, settings.deadline());
    }

    /** A call that must not be made twice when the first may have taken effect. */
    <Q, R> R once(Route route, MethodDescriptor<Q, R> method, Q request, Duration deadline) {
        return unary(route, method, request, false, deadline);
    }

    <Q, R> R unary(Route route, MethodDescriptor<Q, R> method, Q request, boolean repeatable, Duration deadline) {
        Deadline end = Deadline.after(deadline.toNanos(), TimeUnit.NANOSECONDS);
        return onSomePod(route, method, repeatable,
                call -> ClientCalls.blockingUnaryCall(call.channel, method, call.options.withDeadline(end), request));
    }

    /** A server stream; it is started on another pod only as long as nothing of it came. */
    <Q, R> MessageStream<R> stream(Route route, MethodDescriptor<Q, R> method, Q request) {
        return onSomePod(route, method, true, call -> {
            MessageStream<R> stream = MessageStream.start(method.getBareMethodName(), call.start(method), request, settings.stallTimeout());
            throwIfFailed(stream.failedAtOnce());
            return stream;
        });
    }

    <Q, R> Upload<Q, R> upload(Route route, MethodDescriptor<Q, R> method) {
        return onSomePod(route, method, false, call -> {
            Upload<Q, R> upload = Upload.start(method.getBareMethodName(), call.start(method), settings.stallTimeout());
            throwIfFailed(upload.failedAtOnce());
            return upload;
        });
    }

    private static void throwIfFailed(Optional<Status> failure) {
        failure.ifPresent(status -> {
            throw status.asRuntimeException();
        });
    }

    private record Attempt(Channel channel, CallOptions options) {
        <Q, R> ClientCall<Q, R> start(MethodDescriptor<Q, R> method) {
            return channel.newCall(method, options);
        }
    }

    @FunctionalInterface
    private interface Making<T> {
        T on(Attempt attempt);
    }

    private <T> T onSomePod(Route route, MethodDescriptor<?, ?> method, boolean repeatable, Making<T> making) {
        Metadata tokens = tokens(route);
        Status last = Status.UNAVAILABLE.withDescription("no pod of mailbox-service is known");
        boolean refused = false;
        for (Pod pod : route.pods.get()) {
            Reach reach = new Reach();
            try {
                return making.on(new Attempt(new Tokened(pod.channel(), tokens), CallOptions.DEFAULT.withStreamTracerFactory(reach)));
            } catch (StatusRuntimeException e) {
                last = e.getStatus();
                if (last.getCode() != Status.Code.UNAVAILABLE || (reach.sent() && !repeatable) || (reach.answered() && refused)) {
                    break;
                }
                if (reach.answered()) {
                    refused = true;
                } else {
                    pod.failed();
                    pods.lookAgain();
                }
            }
        }
        throw MailboxServiceException.of(method.getBareMethodName(), last);
    }

    private Metadata tokens(Route route) {
        Metadata tokens = new Metadata();
        tokens.put(CallHeaders.AUTHORIZATION, CallHeaders.BEARER + serviceToken.current());
        route.sessionToken.get().ifPresent(token -> tokens.put(CallHeaders.SESSION, token));
        route.owner.ifPresent(owner -> tokens.put(CallHeaders.OWNER, owner));
        return tokens;
    }

    /** Puts the tokens on each call, and what it is a part of. */
    private static final class Tokened extends Channel {

        private final Channel channel;
        private final Metadata tokens;

        Tokened(Channel channel, Metadata tokens) {
            this.channel = channel;
            this.tokens = tokens;
        }

        @Override
        public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
            return new ForwardingClientCall.SimpleForwardingClientCall<>(channel.newCall(method, options)) {
                @Override
                public void start(Listener<R> listener, Metadata headers) {
                    headers.merge(tokens);
                    super.start(CallSpan.begin(method, listener, headers), headers);
                }
            };
        }

        @Override
        public String authority() {
            return channel.authority();
        }
    }
}
