package org.postel.imap.command;

import java.util.Optional;
import org.postel.imap.syntax.Completion;
import org.postel.mailbox.api.MailboxServiceException;

/** The texts of refusals, with the response codes of RFC 5530. */
public final class Replies {

    public static final Completion LINE_TOO_LONG = Completion.bad("Line too long");
    public static final Completion BARE_LINE_END = Completion.bad("Lines end in CRLF");
    public static final Completion UNAVAILABLE = Completion.no("UNAVAILABLE", "Try again later");

    static final Completion NO_SUCH_MAILBOX = Completion.no("NONEXISTENT", "No such mailbox");
    static final Completion TRY_CREATE = Completion.no("TRYCREATE", "No such mailbox");
    static final Completion NOT_SELECTABLE = Completion.no("CANNOT", "This name only holds other mailboxes");
    static final Completion BAD_NAME = Completion.no("CANNOT", "No mailbox can have this name");
    static final Completion NO_SUCH_NUMBER = Completion.bad("No such message number");
    static final Completion TOO_BIG = Completion.no("TOOBIG", "The message is too big");
    /** RFC 3502 §6.3.11: so a client takes an APPEND back. */
    static final Completion CANCELLED = new Completion(Completion.Status.NO, Optional.empty(), "APPEND of nothing is cancelled");
    static final Completion GONE = Completion.no("EXPUNGEISSUED", "Some messages are no longer there");
    static final Completion PRIVACY_REQUIRED = Completion.no("PRIVACYREQUIRED", "Passwords need TLS first");
    /** The account's password was changed, or it may not use IMAP any more: whatever the client asks is answered so. */
    public static final Completion EXPIRED = Completion.no("EXPIRED", "The session has ended; log in again");
    static final Completion SWITCHED_OFF = Completion.no("CONTACTADMIN", "IMAP is switched off for this account");
    static final Completion AUTHENTICATION_FAILED = Completion.no("AUTHENTICATIONFAILED", "Wrong user or password");

    private Replies() {
    }

    /** What a client is told of a call that failed: the kind of failure, never its text. */
    static Completion of(MailboxServiceException failure) {
        return switch (failure.reason()) {
            case NOT_FOUND -> NO_SUCH_MAILBOX;
            case ALREADY_EXISTS -> Completion.no("ALREADYEXISTS", "There is one already");
            case INVALID_ARGUMENT -> Completion.no("CANNOT", "That is not possible");
            case FAILED_PRECONDITION -> Completion.no("CANNOT", "That is not possible as things stand");
            case OVER_QUOTA -> Completion.no("OVERQUOTA", "The account is full");
            // RFC 5530 §3: not OVERQUOTA: too many mailboxes, keywords or search keys, or too big a message.
            case RESOURCE_EXHAUSTED -> Completion.no("LIMIT", "A limit was reached");
            case ABORTED, UNAVAILABLE -> UNAVAILABLE;
            case UNAUTHENTICATED -> EXPIRED;
            case PERMISSION_DENIED -> Completion.no("NOPERM", "Not permitted");
            case INTERNAL -> Completion.no("SERVERBUG", "Internal error");
        };
    }
}
