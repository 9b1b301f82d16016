package org.postel.mailbox.rpc;

import io.grpc.Context;
import java.util.Optional;
import org.postel.mailbox.identity.AccountSession;
import org.postel.mailbox.identity.Caller;

/**
 * Who makes the call that this thread serves.
 *
 * @param caller  the service
 * @param session the session it shows, if the call needs one
 */
record Principal(Caller caller, Optional<AccountSession> session) {

    static final Context.Key<Principal> KEY = Context.key("principal");

    /** Of the call under way; the interceptor lets none pass without. */
    static Principal current() {
        return KEY.get();
    }

    /** Of the call under way, which needs a session. */
    static AccountSession currentSession() {
        return current().session.orElseThrow(() -> new IllegalStateException("a call without session"));
    }
}
