package org.postel.wire.sasl;

/**
 * Says who one client is, whatever it shows. No secret of a user comes from there: what a mechanism computes with one is computed
 * behind this, and its messages only pass through.
 *
 * @param <I> who the client turns out to be
 */
public interface Authority<I> extends PasswordVerifier<I>, ScramVerifier<I>, TokenVerifier<I> {

    /**
     * This client sent what is no base64, or breaks the syntax of its mechanism: one failure more of its network, and of no account
     * (SAFETY row 20). Never throws, and says nothing: the client is refused whatever comes of it.
     */
    void unreadable();
}
