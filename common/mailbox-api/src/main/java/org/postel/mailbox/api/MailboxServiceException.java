package org.postel.mailbox.api;

import io.grpc.Status;
import java.nio.channels.ClosedChannelException;

/** A call to mailbox-service did not succeed. The message is for the log, never for a mail client. */
public final class MailboxServiceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What a caller can do about it. */
    public enum Reason {
        /** No such mailbox, message or content. */
        NOT_FOUND,
        /** The name is taken, or somebody else holds the maildrop. */
        ALREADY_EXISTS,
        /** The request itself is wrong, such as a mailbox name that is none. */
        INVALID_ARGUMENT,
        /** Right in itself, but not as things stand: has inferiors, not selectable. */
        FAILED_PRECONDITION,
        /** Too big, or too many. */
        RESOURCE_EXHAUSTED,
        /** The account would hold more than it may. */
        OVER_QUOTA,
        /** The lease was lost. */
        ABORTED,
        /** Nothing wrong with the request: try again later. Whether it took effect may be unknown. */
        UNAVAILABLE,
        /** The session token ended, or the service token is not accepted. */
        UNAUTHENTICATED,
        /** This service may not make this call. */
        PERMISSION_DENIED,
        /** A bug on either side. */
        INTERNAL
    }

    private final Reason reason;
    private final boolean unknownCall;

    public MailboxServiceException(Reason reason, String message) {
        this(reason, message, null);
    }

    public MailboxServiceException(Reason reason, String message, Throwable cause) {
        this(reason, false, message, cause);
    }

    private MailboxServiceException(Reason reason, boolean unknownCall, String message, Throwable cause) {
        super(reason + ": " + message, cause);
        this.reason = reason;
        this.unknownCall = unknownCall;
    }

    static MailboxServiceException of(String method, Status status) {
        String description = status.getDescription() == null ? status.getCode().name() : status.getDescription();
        return new MailboxServiceException(reason(status), status.getCode() == Status.Code.UNIMPLEMENTED, method + ": " + description, status.getCause());
    }

    /** What a caller can do about it. */
    public Reason reason() {
        return reason;
    }

    /** The pod does not know the call: its release is older. */
    boolean callIsUnknown() {
        return unknownCall;
    }

    private static Reason reason(Status status) {
        return switch (status.getCode()) {
            case NOT_FOUND -> Reason.NOT_FOUND;
            case ALREADY_EXISTS -> Reason.ALREADY_EXISTS;
            case INVALID_ARGUMENT -> Reason.INVALID_ARGUMENT;
            case OUT_OF_RANGE -> Reason.OVER_QUOTA;
            case FAILED_PRECONDITION -> Reason.FAILED_PRECONDITION;
            case RESOURCE_EXHAUSTED -> Reason.RESOURCE_EXHAUSTED;
            case ABORTED -> Reason.ABORTED;
            case UNAUTHENTICATED -> Reason.UNAUTHENTICATED;
            case PERMISSION_DENIED -> Reason.PERMISSION_DENIED;
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED -> Reason.UNAVAILABLE;
            // A call that was about to be written when its connection ended, as that of a process that is killed.
            case UNKNOWN -> status.getCause() instanceof ClosedChannelException ? Reason.UNAVAILABLE : Reason.INTERNAL;
            case OK, INTERNAL, UNIMPLEMENTED, DATA_LOSS -> Reason.INTERNAL;
        };
    }
}
