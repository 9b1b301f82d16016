package org.postel.mailbox.rpc;

import io.grpc.Context;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.identity.AccountSession;
import org.postel.mailbox.identity.Caller;

/**
 * Who makes the call that this thread serves.
 *
 * @param caller  the service
 * @param session the session it shows, if the call needs one
 * @param owner   whose mailbox the call is about, if it says so; what the session may do there is asked of the mailbox
 */
record Principal(Caller caller, Optional<AccountSession> session, Optional<UUID> owner) {

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
