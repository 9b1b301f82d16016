package org.postel.mailbox.directory;

import java.util.Optional;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.identity.AccessTokens;
import org.postel.mailbox.identity.AccessTokens.Verdict;
import org.postel.mailbox.identity.OauthSettings;
import org.postel.mailbox.identity.SessionProtocol;

/** Decides who may log in with an access token: the account that has the very address which the token names. */
public final class TokenLogins {

    private static final String INVALID = "invalid_token";

    private final AddressBook addresses;
    private final AccessTokens tokens;
    private final LoginLimits limits;

    public TokenLogins(AddressBook addresses, AccessTokens tokens, LoginLimits limits) {
        this.addresses = addresses;
        this.tokens = tokens;
        this.limits = limits;
    }

    /**
     * How it went.
     *
     * @param error of a token that is not good, an error code of RFC 6750 §3.1; else empty
     */
    public record Ended(Outcome outcome, String error) {}

    /** What a good token must have. */
    public OauthSettings wanted() {
        return tokens.settings();
    }

    /**
     * Checks a token; one that is not good counts against the client's address only, since nobody can say whose it should be.
     *
     * @param user  who the client wants to be; empty: whoever the token names
     * @param token empty when the client asks what kind would do (RFC 7628 §4.3), which counts for nothing
     */
    public Ended login(SessionProtocol protocol, String user, String token, String clientAddress) {
        if (token.isEmpty()) {
            return new Ended(new Outcome.Wrong(), INVALID);
        }
        String[] error = {""};
        Outcome outcome = limits.within(Optional.empty(), clientAddress, () -> switch (tokens.check(token)) {
            case Verdict.Good(String account) -> {
                error[0] = INVALID;
                yield open(protocol, account, user);
            }
            case Verdict.NotGood(String why) -> {
                error[0] = why;
                yield new Outcome.Wrong();
            }
        });
        return new Ended(outcome, error[0]);
    }

    private Outcome open(SessionProtocol protocol, String named, String user) {
        return addresses.login(LoginName.of(named))
                .filter(account -> !named.isEmpty() && account.is(named) && account.is(user))
                .map(account -> Authentication.granted(protocol, account))
                .orElseGet(Outcome.Wrong::new);
    }
}
