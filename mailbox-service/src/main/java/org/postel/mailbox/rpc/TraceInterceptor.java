package org.postel.mailbox.rpc;

import io.grpc.ForwardingServerCall;
import io.grpc.ForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import org.postel.mailbox.api.CallHeaders;
import org.postel.tracing.Kind;
import org.postel.tracing.Span;
import org.postel.tracing.Tracing;

/** Goes on with the trace of whoever calls; stands behind the one that says who may, so that a stranger records nothing. */
public final class TraceInterceptor implements ServerInterceptor {

    private final Tracing tracing;

    public TraceInterceptor(Tracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        String traceParent = headers.get(CallHeaders.TRACE_PARENT);
        Span span = traceParent == null ? Span.NONE
                : tracing.follow(traceParent, Kind.SERVER, "serve", call.getMethodDescriptor().getBareMethodName());
        if (!span.recording()) {
            return next.startCall(call, headers);
        }
        ServerCall<Q, R> closing = new ForwardingServerCall.SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
                if (!status.isOk()) {
                    span.failed(status.getCode().name());
                }
                span.close();
                super.close(status, trailers);
            }
        };
        try (Span.Scope _ = span.enter()) {
            return new Within<>(next.startCall(closing, headers), span);
        }
    }

    /** What comes of the call comes on one thread or another, and the work is begun by it. */
    private static final class Within<Q> extends ForwardingServerCallListener.SimpleForwardingServerCallListener<Q> {

        private final Span span;

        Within(ServerCall.Listener<Q> listener, Span span) {
            super(listener);
            this.span = span;
        }

        @Override
        public void onMessage(Q message) {
            try (Span.Scope _ = span.enter()) {
                super.onMessage(message);
            }
        }

        @Override
        public void onHalfClose() {
            try (Span.Scope _ = span.enter()) {
                super.onHalfClose();
            }
        }

        @Override
        public void onCancel() {
            span.failed("cancelled").close();
            super.onCancel();
        }
    }
}
