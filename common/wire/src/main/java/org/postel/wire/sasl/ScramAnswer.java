package org.postel.wire.sasl;

/**
 * How an exchange of SCRAM goes on.
 *
 * @param <I> who the client turned out to be
 */
public sealed interface ScramAnswer<I> {

    /** With the server-first-message. */
    record Challenge<I>(byte[] message, byte[] state) implements ScramAnswer<I> {}

    /** The client is who it says; the server-final-message proves the same of us. */
    record Proved<I>(I identity, byte[] serverFinal) implements ScramAnswer<I> {}

    /** It is not, or nobody can say. */
    record Refused<I>(SaslStep.Reason reason) implements ScramAnswer<I> {}
}
