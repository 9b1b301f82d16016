package org.postel.mailbox.admin;

import java.util.Set;
import org.postel.mailbox.identity.InvalidTokenException;
import org.postel.mailbox.identity.IssuedTokens;

/** Says which operator calls. In a cluster anybody who can make pods can ask for any audience, so the subject is checked too. */
public final class OperatorTokens {

    private final IssuedTokens tokens;
    private final Set<String> subjects;

    public OperatorTokens(IssuedTokens tokens, Set<String> subjects) {
        this.tokens = tokens;
        this.subjects = Set.copyOf(subjects);
    }

    String operator(String token) throws InvalidTokenException {
        String subject = tokens.subject(token);
        if (!subjects.contains(subject)) {
            throw new InvalidTokenException("no operator: " + subject);
        }
        return subject;
    }
}
