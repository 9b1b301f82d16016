package org.postel.mailbox.identity;

import jakarta.json.JsonArray;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;

/**
 * Checks access tokens of users: a JWT (RFC 7519, RFC 9068) of one issuer. Signature, issuer, audience, time and scopes must all be
 * right, for a token that was made for something else is nobody's leave to read mail (SAFETY row 21).
 */
public final class AccessTokens {

    private static final Logger LOG = Logger.getLogger(AccessTokens.class);
    private static final String EMAIL = "email";

    private final OauthSettings settings;
    private final CachedKeys keys;
    private final UserTokens tokens;

    /** What a token is worth. */
    public sealed interface Verdict {

        /** It is good, and names this account. */
        record Good(String account) implements Verdict {}

        /** It is not; an error code of RFC 6750 §3.1. */
        record NotGood(String error) implements Verdict {}
    }

    public AccessTokens(OauthSettings settings, Clock clock) {
        this.settings = settings;
        this.keys = new CachedKeys(settings.keys(), clock);
        this.tokens = new UserTokens(settings.issuer(), settings.audience(), Set.of(settings.accountClaim()));
    }

    /** What a client needs to know to get a good one. */
    public OauthSettings settings() {
        return settings;
    }

    /**
     * Checks a token.
     *
     * @throws KeysUnavailableException when there are no keys to check it with
     */
    public Verdict check(String token) {
        try {
            if (token.isEmpty() || token.length() > UserTokens.LONGEST) {
                throw new InvalidTokenException("no token, or too long a one");
            }
            JsonWebToken parsed = keys.read(document -> tokens.parse(token, document));
            if (!scopes(parsed).containsAll(settings.scopes())) {
                return new Verdict.NotGood("insufficient_scope");
            }
            return new Verdict.Good(account(parsed));
        } catch (InvalidTokenException e) {
            LOG.debugf("access token refused: %s", e.getMessage());
            return new Verdict.NotGood("invalid_token");
        }
    }

    /** An address that the issuer itself does not vouch for opens nothing: anybody may have written it there. */
    private String account(JsonWebToken token) throws InvalidTokenException {
        String account = UserTokens.text(token.getClaim(settings.accountClaim())).orElseThrow(() -> new InvalidTokenException("the account is no string"));
        if (settings.accountClaim().equals(EMAIL) && "false".equals(String.valueOf(token.<Object>getClaim("email_verified")))) {
            throw new InvalidTokenException("the address is not verified");
        }
        return account;
    }

    /** {@code scope} of RFC 8693 §4.2, words in one string; {@code scp} of others, which may be an array. */
    private static Set<String> scopes(JsonWebToken token) {
        Set<String> scopes = new HashSet<>();
        for (String name : new String[] {"scope", "scp"}) {
            Object claim = token.getClaim(name);
            if (claim instanceof JsonArray array) {
                array.forEach(each -> UserTokens.text(each).ifPresent(scopes::add));
            } else {
                UserTokens.text(claim).ifPresent(words -> scopes.addAll(Arrays.asList(words.split(" "))));
            }
        }
        return scopes;
    }
}
