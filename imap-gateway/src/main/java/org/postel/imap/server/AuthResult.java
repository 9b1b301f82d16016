package org.postel.imap.server;

import java.util.Set;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;

/** Labels for login attempts; bounded, whatever a client sends. */
final class AuthResult {

    private static final Set<String> MECHANISMS = Set.of("PLAIN", "LOGIN");

    private AuthResult() {
    }

    static String mechanism(ImapCommand.Authenticate authenticate) {
        return MECHANISMS.contains(authenticate.mechanism()) ? authenticate.mechanism() : "other";
    }

    static String of(Completion reply) {
        return switch (reply.status()) {
            case OK, BYE -> "success";
            case BAD -> "failure";
            case NO -> reply.code().orElse("").equals("UNAVAILABLE") ? "error" : "failure";
        };
    }
}
