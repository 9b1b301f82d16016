package org.postel.imap.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;

/** NAMESPACE, RFC 2342: one's own mailboxes without a prefix, and those of other users by their addresses; none is shared by all. */
final class NamespaceCommand {

    private static final byte[] ANSWER = "* NAMESPACE ((\"\" \"/\")) ((\"Other Users/\" \"/\")) NIL\r\n".getBytes(StandardCharsets.US_ASCII);

    private NamespaceCommand() {
    }

    static Step run(Conversation conversation) throws IOException {
        conversation.write(ANSWER);
        return new Step(conversation.state(), Completion.ok("NAMESPACE completed"));
    }
}
