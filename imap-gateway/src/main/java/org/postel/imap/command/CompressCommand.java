package org.postel.imap.command;

import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;

/** COMPRESS, RFC 4978: the decision; the loop writes the reply and turns DEFLATE on. */
public final class CompressCommand {

    /** There is memory for so many compressed connections only. */
    public static final Completion TOO_MANY = Completion.no("LIMIT", "Too many compressed connections");

    private static final String ALGORITHM = "DEFLATE";

    private CompressCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Compress compress) throws Refused {
        if (!compress.algorithm().equals(ALGORITHM)) {
            throw new Refused(Completion.no("CANNOT", "No such algorithm"));
        }
        if (conversation.connection().compressed()) {
            // RFC 4978 §3 has BAD for this and NO with the code for a layer below; other servers answer NO to both.
            throw new Refused(Completion.no("COMPRESSIONACTIVE", "DEFLATE is on already"));
        }
        return new Step(conversation.state(), Completion.ok("DEFLATE is on"));
    }
}
