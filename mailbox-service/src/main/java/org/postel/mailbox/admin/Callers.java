package org.postel.mailbox.admin;

import org.postel.mailbox.authority.ApiTokens;
import org.postel.mailbox.authority.Authority;
import org.postel.mailbox.identity.InvalidTokenException;

/** Says who calls with a bearer token: an operator of the platform, or who has a token that was made here. */
public final class Callers {

    private final OperatorTokens operators;
    private final ApiTokens tokens;

    public Callers(OperatorTokens operators, ApiTokens tokens) {
        this.operators = operators;
        this.tokens = tokens;
    }

    /** @throws InvalidTokenException when the token opens nothing */
    Authority authority(String token) throws InvalidTokenException {
        return tokens.isOne(token) ? tokens.authority(token) : Authority.operator(operators.operator(token));
    }
}
