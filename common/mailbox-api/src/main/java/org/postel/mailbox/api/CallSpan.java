package org.postel.mailbox.api;

import io.grpc.ClientCall;
import io.grpc.ForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import org.postel.tracing.Kind;
import org.postel.tracing.Span;

/** The span of a call, until its status comes. */
final class CallSpan<R> extends ForwardingClientCallListener.SimpleForwardingClientCallListener<R> {

    private final Span span;

    private CallSpan(ClientCall.Listener<R> listener, Span span) {
        super(listener);
        this.span = span;
    }

    /** Tells mailbox-service of the span, if one is recorded; else leaves the call as it is. */
    static <R> ClientCall.Listener<R> begin(MethodDescriptor<?, R> method, ClientCall.Listener<R> listener, Metadata headers) {
        Span span = Span.current().child(Kind.CLIENT, "call", method.getBareMethodName());
        if (!span.recording()) {
            return listener;
        }
        headers.put(CallHeaders.TRACE_PARENT, span.traceParent());
        return new CallSpan<>(listener, span);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        if (!status.isOk()) {
            span.failed(status.getCode().name());
        }
        span.close();
        super.onClose(status, trailers);
    }
}
