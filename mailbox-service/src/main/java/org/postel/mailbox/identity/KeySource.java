package org.postel.mailbox.identity;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the keys of an issuer are.
 *
 * @param jwks      a file, or an http(s) URL (RFC 7517)
 * @param refresh   how old they may grow before they are read again
 * @param retry     how soon they are read again when a token names a key that is not among them, or none could be read
 * @param tokenFile a token to show when fetching from a URL
 * @param caFile    PEM certificates that the URL's server may be signed by, instead of the JDK's
 */
public record KeySource(String jwks, Duration refresh, Duration retry, Optional<Path> tokenFile, Optional<Path> caFile) {

    public KeySource {
        if (jwks.isBlank() || !refresh.isPositive() || !retry.isPositive()) {
            throw new IllegalArgumentException("keys need a file or URL, and a time after which they are read again");
        }
    }

    boolean fetched() {
        return jwks.startsWith("https://") || jwks.startsWith("http://");
    }
}
