package org.postel.mailbox.api;

import io.grpc.Metadata;
import org.postel.tracing.Tracing;

/** The gRPC metadata that carries the tokens and the trace. */
public final class CallHeaders {

    /** {@code Bearer } and the service token (RFC 6750 §2.1). */
    public static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /** The session token that opens one account. */
    public static final Metadata.Key<String> SESSION = Metadata.Key.of("postel-session", Metadata.ASCII_STRING_MARSHALLER);

    /** Whose mailbox a call is about, as 32 hexadecimal digits, when it is not the session's own account's. */
    public static final Metadata.Key<String> OWNER = Metadata.Key.of("postel-owner", Metadata.ASCII_STRING_MARSHALLER);

    /** The span that calls (W3C Trace Context §3.2); absent when no trace is recorded. */
    public static final Metadata.Key<String> TRACE_PARENT = Metadata.Key.of(Tracing.TRACE_PARENT, Metadata.ASCII_STRING_MARSHALLER);

    /** What stands before the service token. */
    public static final String BEARER = "Bearer ";

    private CallHeaders() {}
}
