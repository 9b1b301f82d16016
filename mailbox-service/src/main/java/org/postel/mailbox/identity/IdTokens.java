package org.postel.mailbox.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;

/**
 * Checks ID tokens: what an issuer says about somebody who just signed in there, to the one client that asked (OpenID Connect Core 1.0 §2).
 * Signature, issuer, audience, time and nonce must all be right (§3.1.3.7), so neither an access token nor the ID token of another
 * sign-in opens anything.
 */
public final class IdTokens {

    private static final Logger LOG = Logger.getLogger(IdTokens.class);
    private static final String EMAIL = "email";

    private final CachedKeys keys;
    private final UserTokens tokens;
    private final String clientId;
    private final String accountClaim;

    /** What a token says about who signed in. */
    public sealed interface Verdict {

        /** The issuer vouches for this address. */
        record Named(String account) implements Verdict {}

        /** The issuer names no address, or one that it has not seen to be that person's. */
        record Unverified() implements Verdict {}

        /** The token is not good. */
        record NotGood() implements Verdict {}
    }

    /**
     * @param clientId     who the tokens are for
     * @param accountClaim the claim that names the account; of {@code email}, {@code email_verified} must be true
     */
    public IdTokens(KeySource keys, String issuer, String clientId, String accountClaim, Clock clock) {
        this.keys = new CachedKeys(keys, clock);
        this.tokens = new UserTokens(issuer, clientId, Set.of("sub", "iat", "nonce"));
        this.clientId = clientId;
        this.accountClaim = accountClaim;
    }

    /**
     * Checks a token.
     *
     * @param nonce of the sign-in that led to it
     * @throws KeysUnavailableException when there are no keys to check it with
     */
    public Verdict check(String token, String nonce) {
        try {
            if (token.length() > UserTokens.LONGEST) {
                throw new InvalidTokenException("too long a token");
            }
            JsonWebToken parsed = keys.read(document -> tokens.parse(token, document));
            checkSignIn(parsed, nonce);
            return verdict(parsed);
        } catch (InvalidTokenException e) {
            LOG.debugf("ID token refused: %s", e.getMessage());
            return new Verdict.NotGood();
        }
    }

    private void checkSignIn(JsonWebToken token, String nonce) throws InvalidTokenException {
        String given = UserTokens.text(token.getClaim("nonce")).orElse("");
        if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), nonce.getBytes(StandardCharsets.UTF_8))) {
            throw new InvalidTokenException("the token is of another sign-in");
        }
        // Whoever it was issued to, where that is said; and it must be said where it is for several.
        Optional<String> party = UserTokens.text(token.getClaim("azp"));
        if (!party.map(clientId::equals).orElse(token.getAudience().size() == 1)) {
            throw new InvalidTokenException("the token was issued to somebody else");
        }
    }

    /** What users write about themselves is no proof: only true counts, as a boolean or, of some issuers, as a string. */
    private Verdict verdict(JsonWebToken token) {
        boolean vouched = !accountClaim.equals(EMAIL) || "true".equals(String.valueOf(token.<Object>getClaim("email_verified")));
        return UserTokens.text(token.getClaim(accountClaim)).filter(named -> vouched && !named.isEmpty())
                .<Verdict>map(Verdict.Named::new).orElseGet(Verdict.Unverified::new);
    }
}
