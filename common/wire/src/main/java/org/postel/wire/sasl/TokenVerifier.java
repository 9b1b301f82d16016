package org.postel.wire.sasl;

/**
 * Says whose access token it is that a client shows.
 *
 * @param <I> who the client turns out to be
 */
public interface TokenVerifier<I> {

    /** Never throws for what a client sent. */
    TokenAnswer<I> verify(AccessToken token);
}
