package org.postel.mailbox.api;

import io.grpc.Metadata;

/** The gRPC metadata that carries the tokens. */
public final class CallHeaders {

    /** {@code Bearer } and the service token (RFC 6750 §2.1). */
    public static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /** The session token that opens one account. */
    public static final Metadata.Key<String> SESSION = Metadata.Key.of("postel-session", Metadata.ASCII_STRING_MARSHALLER);

    /** Whose mailbox a call is about, as 32 hexadecimal digits, when it is not the session's own account's. */
    public static final Metadata.Key<String> OWNER = Metadata.Key.of("postel-owner", Metadata.ASCII_STRING_MARSHALLER);

    /** What stands before the service token. */
    public static final String BEARER = "Bearer ";

    private CallHeaders() {}
}
