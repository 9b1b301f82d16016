package org.postel.pop3.command;

import org.postel.pop3.session.Pop3State;
import org.postel.pop3.syntax.Reply;

/** How an attempt to log in ended. */
public sealed interface Login {

    Reply reply();

    /** The session has its maildrop. */
    record Done(Reply reply, Pop3State.Transaction state, LockedMaildrop maildrop) implements Login {}

    /**
     * It has not.
     *
     * @param result for metrics
     */
    record Refused(Reply reply, Result result) implements Login {}

    /** The kinds of refusal. */
    enum Result {
        /** Wrong credentials, none, or too many of them: counts against the client. */
        FAILURE,
        /** Right, but not now or not here. */
        REFUSED,
        /** Nobody can say. */
        ERROR
    }
}
