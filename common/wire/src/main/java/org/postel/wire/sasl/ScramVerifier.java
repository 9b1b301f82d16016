package org.postel.wire.sasl;

/**
 * The server's side of SCRAM-SHA-256 (RFC 5802, RFC 7677), kept where the verifiers are. It remembers nothing between the two
 * messages: what it must know again it gives away, sealed.
 *
 * @param <I> who the client turns out to be
 */
public interface ScramVerifier<I> {

    /** Answers the client-first-message. */
    ScramAnswer<I> first(ClientFirst message);

    /** Answers the client-final-message; {@code state} is that of the challenge it follows. */
    ScramAnswer<I> last(byte[] state, byte[] message);
}
