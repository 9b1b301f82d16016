package org.postel.mailbox.rpc;

import io.grpc.ForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.postel.mailbox.directory.Authentication.Outcome.Scope;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.sending.Excess;

/** Counts and times every call. */
public final class RpcMetrics implements ServerInterceptor {

    private static final String PROTOCOL = "protocol";
    private static final String GRPC = "grpc";
    /** Upper bounds of the buckets of mail_command_duration_seconds: those of the gateways. */
    private static final Duration[] BUCKETS = {Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(100),
        Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(10)};

    private final MeterRegistry registry;

    public RpcMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void rateLimited(SessionProtocol protocol, Scope scope) {
        Counter.builder("mail.rate_limited").description("Tries refused by a rate limit")
                .tag(PROTOCOL, protocol.claim()).tag("scope", scope.name().toLowerCase(Locale.ROOT)).register(registry).increment();
    }

    void sendingLimited(Excess excess) {
        Counter.builder("mail.rate_limited").description("Tries refused by a rate limit")
                .tag(PROTOCOL, SessionProtocol.SUBMISSION.claim()).tag("scope", excess.ofDomain() ? "domain_sending" : "account_sending")
                .register(registry).increment();
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        long started = System.nanoTime();
        String command = call.getMethodDescriptor().getBareMethodName();
        ServerCall<Q, R> counted = new ForwardingServerCall.SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
                count(command, status, System.nanoTime() - started);
                super.close(status, trailers);
            }
        };
        return next.startCall(counted, headers);
    }

    private void count(String command, Status status, long nanos) {
        Counter.builder("mail.commands").description("Calls by outcome")
                .tag(PROTOCOL, GRPC).tag("command", command).tag("result", status.getCode().name().toLowerCase(Locale.ROOT))
                .register(registry).increment();
        Timer.builder("mail.command.duration").description("How long calls take").serviceLevelObjectives(BUCKETS)
                .tag(PROTOCOL, GRPC).tag("command", command).register(registry).record(nanos, TimeUnit.NANOSECONDS);
    }
}
