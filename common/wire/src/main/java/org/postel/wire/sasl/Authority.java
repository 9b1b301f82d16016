package org.postel.wire.sasl;

/**
 * Says who one client is, whatever it shows. No secret of a user comes from there: what a mechanism computes with one is computed
 * behind this, and its messages only pass through.
 *
 * @param <I> who the client turns out to be
 */
public interface Authority<I> extends PasswordVerifier<I>, ScramVerifier<I>, TokenVerifier<I> {
}
