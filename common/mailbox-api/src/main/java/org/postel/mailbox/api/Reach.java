package org.postel.mailbox.api;

import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/** How far one call came: a call that left no trace on any connection may be made again without a second thought. */
final class Reach extends ClientStreamTracer.Factory {

    private volatile boolean sent;
    private volatile boolean answered;

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        // gRPC itself starts over only what the pod said it never looked at.
        sent = false;
        return new ClientStreamTracer() {
            @Override
            public void streamCreated(Attributes transport, Metadata sentHeaders) {
                sent = true;
            }

            @Override
            public void inboundHeaders() {
                answered = true;
            }

            @Override
            public void inboundTrailers(Metadata trailers) {
                answered = true;
            }
        };
    }

    /** The pod may have seen it. */
    boolean sent() {
        return sent;
    }

    /** The pod itself said how it went. */
    boolean answered() {
        return answered;
    }
}
