package org.postel.mailbox.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.Status;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.api.MailboxServiceException.Reason;

class MailboxServiceExceptionTest {

    /** As gRPC says it where a process is killed just then: a client is asked to come again, and not told of a bug. */
    @Test
    void aConnectionThatEndsBeforeTheCallIsWrittenIsNoBug() {
        Status closed = Status.UNKNOWN.withDescription("channel closed").withCause(new ClosedChannelException());
        assertEquals(Reason.UNAVAILABLE, MailboxServiceException.of("Store", closed).reason());
        assertEquals(Reason.INTERNAL, MailboxServiceException.of("Store", Status.UNKNOWN).reason());
        assertEquals(Reason.INTERNAL, MailboxServiceException.of("Store", Status.INTERNAL.withCause(new ClosedChannelException())).reason());
    }
}
