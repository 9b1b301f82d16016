package org.postel.mailbox.identity;

import java.time.Clock;

/** Says which service calls, from its service token. */
public final class ServiceTokens {

    private final IssuedTokens tokens;
    private final String subjectPrefix;

    public ServiceTokens(IdentitySettings settings, Clock clock) {
        this.tokens = new IssuedTokens(settings, settings.audience(), clock);
        this.subjectPrefix = settings.subjectPrefix();
    }

    /**
     * The service that the token names.
     *
     * @throws InvalidTokenException when the token is not good, or names nobody who may call
     */
    public Caller caller(String token) throws InvalidTokenException {
        String subject = tokens.subject(token);
        if (!subject.startsWith(subjectPrefix)) {
            throw new InvalidTokenException("not one of our services: " + subject);
        }
        return Caller.of(subject.substring(subjectPrefix.length()))
                .orElseThrow(() -> new InvalidTokenException("not one of our services: " + subject));
    }
}
