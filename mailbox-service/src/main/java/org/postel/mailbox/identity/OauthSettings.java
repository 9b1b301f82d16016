package org.postel.mailbox.identity;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whose access tokens log users in.
 *
 * @param keys                that sign them
 * @param issuer              their {@code iss}
 * @param audience            their {@code aud}, or one of those
 * @param scopes              all of which they must have; at least one, so that a token made for something else opens no mail
 * @param accountClaim        the claim that names the account's address
 * @param openidConfiguration the URL where the issuer describes itself, for clients
 */
public record OauthSettings(KeySource keys, String issuer, String audience, Set<String> scopes, String accountClaim, Optional<String> openidConfiguration) {

    // RFC 6749 §3.3
    private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]+");
    private static final Pattern URL = Pattern.compile("https?://[!#-\\[\\]-~]+");

    public OauthSettings {
        scopes = Set.copyOf(scopes);
        if (issuer.isBlank() || audience.isBlank() || accountClaim.isBlank()) {
            throw new IllegalArgumentException("issuer, audience and account-claim must be given");
        }
        if (scopes.isEmpty() || !scopes.stream().allMatch(SCOPE.asMatchPredicate())) {
            throw new IllegalArgumentException("scopes: at least one, without spaces, quotes and backslashes");
        }
        if (openidConfiguration.isPresent() && !URL.matcher(openidConfiguration.get()).matches()) {
            throw new IllegalArgumentException("openid-configuration must be a URL");
        }
    }

    /** What a token must have, as a client is told. */
    public String scope() {
        return String.join(" ", scopes.stream().sorted().toList());
    }
}
