package org.postel.wire.sasl;

/**
 * What came of an access token.
 *
 * @param <I> who the client turned out to be
 */
public sealed interface TokenAnswer<I> {

    /** It is good. */
    record Accepted<I>(I identity) implements TokenAnswer<I> {}

    /** It is not; the client is told what would be (RFC 7628 §3.2.2). */
    record NotGood<I>(TokenError error) implements TokenAnswer<I> {}

    /** Nobody looked at it, or the account is switched off. */
    record Refused<I>(SaslStep.Reason reason) implements TokenAnswer<I> {}
}
