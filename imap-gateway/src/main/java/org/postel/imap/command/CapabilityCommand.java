package org.postel.imap.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;

/** CAPABILITY, RFC 3501 §6.1.1. */
final class CapabilityCommand {

    private final Logins logins;

    CapabilityCommand(Logins logins) {
        this.logins = logins;
    }

    Step run(Conversation conversation) throws IOException {
        String line = "* CAPABILITY " + logins.capabilities(conversation) + "\r\n";
        conversation.write(line.getBytes(StandardCharsets.US_ASCII));
        return new Step(conversation.state(), Completion.ok("CAPABILITY completed"));
    }
}
