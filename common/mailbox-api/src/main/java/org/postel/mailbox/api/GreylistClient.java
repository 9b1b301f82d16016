package org.postel.mailbox.api;

import java.time.Duration;
import org.postel.mailbox.api.v1.GreylistGrpc;
import org.postel.mailbox.api.v1.MeetRequest;
import org.postel.mailbox.api.v1.MeetResponse;

/** The service Greylist; the call as {@code greylist.proto} says. */
public final class GreylistClient {

    private final Calls calls;

    GreylistClient(Calls calls) {
        this.calls = calls;
    }

    /** Whether a stranger's mail may come in; whoever asks waits no longer than given. */
    public MeetResponse meet(MeetRequest request, Duration deadline) {
        return calls.once(calls.anyPod(), GreylistGrpc.getMeetMethod(), request, deadline);
    }
}
