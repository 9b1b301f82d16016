package org.postel.mailbox.admin;

import com.datastax.oss.driver.api.core.DriverException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.identity.KeysUnavailableException;
import org.postel.mailbox.password.PasswordsBusyException;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.transit.QueueException;
import org.postel.queue.QueueUnavailableException;

/** The one ladder from what went wrong to the HTTP answer. */
public final class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    @ServerExceptionMapper
    Response directory(DirectoryException failure) {
        Response.Status status = switch (failure.fault()) {
            case INVALID -> Response.Status.BAD_REQUEST;
            case TAKEN, IN_USE -> Response.Status.CONFLICT;
            case CHANGED -> Response.Status.PRECONDITION_FAILED;
            case MISSING -> Response.Status.NOT_FOUND;
            case FORBIDDEN -> Response.Status.FORBIDDEN;
        };
        return Problem.response(status, failure.getMessage());
    }

    @ServerExceptionMapper
    Response queue(QueueException failure) {
        Response.Status status = switch (failure.fault()) {
            case INVALID -> Response.Status.BAD_REQUEST;
            case UNKNOWN -> Response.Status.NOT_FOUND;
            case NOT_NOW -> Response.Status.CONFLICT;
        };
        return Problem.response(status, failure.getMessage());
    }

    @ServerExceptionMapper
    Response queueUnavailable(QueueUnavailableException failure) {
        LOG.warnf("admin API: %s", failure.getMessage());
        return Problem.response(Response.Status.SERVICE_UNAVAILABLE, "the queue does not answer; try again");
    }

    @ServerExceptionMapper({DriverException.class, StoreException.class, PasswordsBusyException.class, KeysUnavailableException.class})
    Response unavailable(RuntimeException failure) {
        LOG.warnf("admin API: %s", failure.getMessage());
        return Problem.response(Response.Status.SERVICE_UNAVAILABLE, "the database does not answer; try again");
    }

    @ServerExceptionMapper({JsonProcessingException.class, MismatchedInputException.class})
    Response json(JsonProcessingException failure) {
        return Problem.response(Response.Status.BAD_REQUEST, failure instanceof UnrecognizedPropertyException unknown
                ? "there is no field \"" + unknown.getPropertyName() + "\" here" : "the body is not the JSON that is expected");
    }

    @ServerExceptionMapper
    Response web(WebApplicationException failure) {
        if (failure.getCause() instanceof JsonProcessingException json) {
            return json(json);
        }
        // Of a parameter that cannot be read JAX-RS says that the resource is not there.
        if (failure instanceof NotFoundException && failure.getCause() != null) {
            return Problem.response(Response.Status.BAD_REQUEST, "a parameter is not of the kind that is expected");
        }
        Response.Status status = Response.Status.fromStatusCode(failure.getResponse().getStatus());
        return status == null ? failure.getResponse() : Problem.response(status, status.getReasonPhrase());
    }

    @ServerExceptionMapper
    Response bug(RuntimeException failure) {
        LOG.error("admin API failed", failure);
        return Problem.response(Response.Status.INTERNAL_SERVER_ERROR, "internal error");
    }
}
