package org.postel.mailbox.rpc;

import com.datastax.oss.driver.api.core.DriverException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.jboss.logging.Logger;
import org.postel.mailbox.identity.KeysUnavailableException;
import org.postel.mailbox.lease.LeaseLostException;
import org.postel.mailbox.password.PasswordsBusyException;
import org.postel.mailbox.storage.StoreException;

/** The one ladder from what went wrong to what the caller is told. */
final class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);

    private Failures() {}

    static StatusRuntimeException asException(String method, Throwable failure) {
        return status(method, failure).asRuntimeException();
    }

    static Status status(String method, Throwable failure) {
        return switch (failure) {
            case StoreException store -> status(method, store);
            case LeaseLostException lost -> Status.ABORTED.withDescription("the lease was lost");
            case PasswordsBusyException busy -> Status.UNAVAILABLE.withDescription("too many logins at once");
            case KeysUnavailableException keys -> Status.UNAVAILABLE.withDescription("no keys to check tokens with");
            case CallGoneException gone -> {
                LOG.debugf("%s: %s", method, gone.getMessage());
                yield Status.CANCELLED.withDescription("the stream stood still or was ended");
            }
            case DriverException database -> {
                LOG.warnf("%s: database: %s", method, database.getMessage());
                yield Status.UNAVAILABLE.withDescription("the database does not answer");
            }
            default -> {
                LOG.errorf(failure, "%s failed", method);
                yield Status.INTERNAL.withDescription("internal error");
            }
        };
    }

    private static Status status(String method, StoreException failure) {
        return switch (failure.problem()) {
            case NOT_FOUND -> Status.NOT_FOUND.withDescription(failure.getMessage());
            case ALREADY_EXISTS -> Status.ALREADY_EXISTS.withDescription(failure.getMessage());
            case INVALID -> Status.INVALID_ARGUMENT.withDescription(failure.getMessage());
            case PRECONDITION -> Status.FAILED_PRECONDITION.withDescription(failure.getMessage());
            case LIMIT -> Status.RESOURCE_EXHAUSTED.withDescription(failure.getMessage());
            case FORBIDDEN -> Status.PERMISSION_DENIED.withDescription(failure.getMessage());
            case OVER_QUOTA -> Status.OUT_OF_RANGE.withDescription(failure.getMessage());
            case LEASE_LOST -> Status.ABORTED.withDescription(failure.getMessage());
            case UNAVAILABLE -> {
                LOG.warnf("%s: %s", method, failure.getMessage());
                yield Status.UNAVAILABLE.withDescription("the database does not answer");
            }
        };
    }
}
