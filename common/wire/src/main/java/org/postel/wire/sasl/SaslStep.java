package org.postel.wire.sasl;

/**
 * What a mechanism answers to one message of the client (RFC 4422 §3.3).
 *
 * @param <I> who the client turned out to be, as the gateway knows it
 */
public sealed interface SaslStep<I> {

    /** The exchange goes on: send this, read an answer. The octets are not encoded yet. */
    record Challenge<I>(byte[] octets) implements SaslStep<I> {}

    /** How an exchange ends. */
    sealed interface Outcome<I> extends SaslStep<I> {}

    /** The client is who it says. */
    record Success<I>(I identity) implements Outcome<I> {}

    /** It is not, or nobody can say. */
    record Failure<I>(Reason reason) implements Outcome<I> {}

    /** Why an exchange failed. */
    enum Reason {
        /** The message breaks the mechanism's syntax. */
        MALFORMED,
        /** Wrong name or secret: the client is told no more. */
        CREDENTIALS,
        /** Right, but the account or this protocol is switched off. */
        DISABLED,
        /** Too many failures of late. */
        RATE_LIMITED,
        /** The directory does not answer. */
        UNAVAILABLE
    }
}
