package org.postel.mailbox.identity;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Whose service tokens are accepted.
 *
 * @param jwks          a file, or an http(s) URL, with the keys that sign them (RFC 7517)
 * @param jwksRefresh   how old the keys may grow before they are fetched again
 * @param jwksTokenFile a token to show when fetching from a URL
 * @param jwksCaFile    PEM certificates that the URL's server may be signed by, instead of the JDK's
 * @param issuer        the {@code iss} of the tokens
 * @param audience      the {@code aud} of tokens for this service
 * @param subjectPrefix what stands before the service's name in {@code sub}
 */
public record IdentitySettings(
        String jwks,
        Duration jwksRefresh,
        Optional<Path> jwksTokenFile,
        Optional<Path> jwksCaFile,
        String issuer,
        String audience,
        String subjectPrefix) {

    private static final Duration RETRY = Duration.ofSeconds(2);

    public IdentitySettings {
        Objects.requireNonNull(jwks, "jwks");
        if (jwks.isBlank() || issuer.isBlank() || audience.isBlank()) {
            throw new IllegalArgumentException("jwks, issuer and audience must be given");
        }
        if (!jwksRefresh.isPositive()) {
            throw new IllegalArgumentException("jwks-refresh must be above zero");
        }
    }

    /** Where the keys are. */
    KeySource keys() {
        return new KeySource(jwks, jwksRefresh, RETRY, jwksTokenFile, jwksCaFile);
    }
}
