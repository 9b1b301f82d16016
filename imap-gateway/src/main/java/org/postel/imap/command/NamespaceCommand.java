package org.postel.imap.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;

/** NAMESPACE, RFC 2342: one's own mailboxes without a prefix, and none of others. */
final class NamespaceCommand {

    private static final byte[] ANSWER = "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n".getBytes(StandardCharsets.US_ASCII);

    private NamespaceCommand() {
    }

    static Step run(Conversation conversation) throws IOException {
        conversation.write(ANSWER);
        return new Step(conversation.state(), Completion.ok("NAMESPACE completed"));
    }
}
