package org.postel.mailbox.storage;

/** Why the store does not do what it was asked. The message is fit for a log, and for a client but for {@link Problem#UNAVAILABLE}. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong, by what the caller can do about it. */
    public enum Problem {
        /** No such account, mailbox, message or content, or one of another account. */
        NOT_FOUND,
        ALREADY_EXISTS,
        /** The request can never be granted: a name, a flag or a set that breaks a rule. */
        INVALID,
        /** Not as things are: the mailbox has children, or is a name only. */
        PRECONDITION,
        /** A limit: message size, names of an account, keywords of a mailbox. */
        LIMIT,
        /** The account has not the right to do this with another's mailbox. */
        FORBIDDEN,
        /** The account would hold more than it may. */
        OVER_QUOTA,
        /** The fencing token is not the maildrop's any more. */
        LEASE_LOST,
        /** The database does not answer, or the outcome could not be learned: try again. */
        UNAVAILABLE
    }

    private final Problem problem;

    public StoreException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    public StoreException(Problem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
