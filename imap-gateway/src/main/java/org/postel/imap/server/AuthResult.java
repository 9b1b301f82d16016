package org.postel.imap.server;

import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.wire.sasl.Mechanisms;

/** Labels for login attempts; bounded, whatever a client sends. */
final class AuthResult {

    private AuthResult() {
    }

    static String mechanism(ImapCommand.Authenticate authenticate) {
        return Mechanisms.KNOWN.contains(authenticate.mechanism()) ? authenticate.mechanism() : "other";
    }

    static String of(Completion reply) {
        return switch (reply.status()) {
            case OK, BYE -> "success";
            case BAD -> "failure";
            case NO -> reply.code().orElse("").equals("UNAVAILABLE") ? "error" : "failure";
        };
    }
}
