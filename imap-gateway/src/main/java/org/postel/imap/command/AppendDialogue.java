package org.postel.imap.command;

import java.io.IOException;
import java.util.Optional;
import org.postel.imap.syntax.AppendArguments;
import org.postel.imap.syntax.AppendArguments.Piece;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.LiteralHeader;
import org.postel.imap.syntax.SyntaxException;

/** What a client sends with APPEND or REPLACE, piece by piece, with the literals in between. */
final class AppendDialogue {

    private final Conversation conversation;
    private final AppendArguments arguments;
    /** The literal that the line ends with; its octets come next. */
    private Optional<IncomingLiteral> literal;

    /** @param announced at the end of the command's first line */
    AppendDialogue(Conversation conversation, AppendArguments arguments, Optional<LiteralHeader> announced) {
        this.conversation = conversation;
        this.arguments = arguments;
        this.literal = announced.map(header -> new IncomingLiteral(conversation, header));
    }

    Piece next() throws Refused {
        try {
            return arguments.next();
        } catch (SyntaxException e) {
            throw new Refused(Completion.bad(e.getMessage()));
        }
    }

    /** Lets the client send the octets of the piece that came last, if it waits for that. */
    IncomingLiteral invite() throws IOException {
        IncomingLiteral coming = literal.orElseThrow();
        coming.invite();
        return coming;
    }

    /** Goes on after those octets were read. */
    void proceed() throws IOException, Refused {
        byte[] line = literal.orElseThrow().nextLine();
        literal = LiteralHeader.atEndOf(line).map(header -> new IncomingLiteral(conversation, header));
        arguments.line(line);
    }

    /** Reads and forgets what is left, as {@link IncomingLiteral#drop}. */
    void drop() throws IOException {
        if (literal.isPresent()) {
            literal.get().drop();
        }
    }
}
