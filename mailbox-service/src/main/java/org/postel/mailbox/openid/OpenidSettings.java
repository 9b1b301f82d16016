package org.postel.mailbox.openid;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.postel.mailbox.identity.KeySource;

/**
 * Who may say who signs in.
 *
 * @param issuer           its name, the {@code iss} of its tokens
 * @param keys             that sign them; its certificates are believed for all calls to the issuer
 * @param description      where it describes itself (OpenID Connect Discovery 1.0 §4)
 * @param clientId         who we are there
 * @param clientSecretFile whose first line proves it, read at each sign-in; without one we are a public client (RFC 6749 §2.1)
 * @param redirectUri      where it sends browsers back, exactly as it knows it
 * @param accountClaim     the claim that names the account's address
 * @param name             what people call it
 */
public record OpenidSettings(String issuer, KeySource keys, URI description, String clientId, Optional<Path> clientSecretFile, URI redirectUri,
        String accountClaim, String name) {

    public OpenidSettings {
        if (clientId.isBlank() || name.isBlank() || accountClaim.isBlank()) {
            throw new IllegalArgumentException("client-id, name and account-claim must not be blank");
        }
        if (!http(description) || !http(redirectUri) || redirectUri.getFragment() != null) {
            throw new IllegalArgumentException("openid-configuration and redirect-uri must be URLs, and redirect-uri without a fragment");
        }
    }

    private static boolean http(URI uri) {
        return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null;
    }
}
