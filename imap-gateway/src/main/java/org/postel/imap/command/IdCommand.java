package org.postel.imap.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;

/** ID, RFC 2971. Says the name only: a version would tell an attacker what to try. */
final class IdCommand {

    private static final byte[] ANSWER = "* ID (\"name\" \"Postel\")\r\n".getBytes(StandardCharsets.US_ASCII);

    private IdCommand() {
    }

    static Step run(Conversation conversation) throws IOException {
        conversation.write(ANSWER);
        return new Step(conversation.state(), Completion.ok("ID completed"));
    }
}
