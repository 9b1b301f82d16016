package org.postel.wire.sasl;

/**
 * Says whether a name and a password belong together. Unknown names cost the same time as wrong passwords.
 *
 * @param <I> who the client turns out to be
 */
@FunctionalInterface
public interface PasswordVerifier<I> {

    /** Never throws for what a client sent; an unreachable directory is {@link SaslStep.Reason#UNAVAILABLE}. */
    SaslStep.Outcome<I> verify(PasswordCredentials credentials);
}
