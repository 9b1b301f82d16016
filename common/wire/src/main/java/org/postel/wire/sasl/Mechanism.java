package org.postel.wire.sasl;

/**
 * A SASL mechanism.
 *
 * @param <I> who a client turns out to be
 */
public interface Mechanism<I> {

    /** The registered name, in upper case. */
    String name();

    /** A new exchange. */
    Exchange<I> start();

    /** One run of a mechanism. */
    interface Exchange<I> {

        /** What the server says first when the client sent no initial response; empty where the client speaks first. */
        SaslStep<I> begin();

        /** The answer to a decoded message of the client, the initial response included. */
        SaslStep<I> next(byte[] message);
    }
}
