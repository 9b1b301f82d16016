package org.postel.imap.command;

import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.util.Optional;
import org.postel.imap.session.Legality;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.AppendArguments.Piece;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.LiteralHeader;
import org.postel.imap.syntax.MailboxName;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.AppendAllResponse;
import org.postel.mailbox.api.v1.AppendResponse;
import org.postel.mailbox.api.v1.AppendStart;
import org.postel.mailbox.api.v1.AppendWholeRequest;
import org.postel.mailbox.api.v1.Mailbox;
import org.roaringbitmap.RoaringBitmap;

/**
 * APPEND, RFC 3501 §6.3.11, of several messages (RFC 3502) and of parts of others (RFC 4469), with APPENDUID of RFC 4315 §3. A
 * single small message goes on in one call; all else goes on in pieces, and is there when all of it is.
 */
final class AppendCommand {

    private final MessageMemory memory;

    AppendCommand(MessageMemory memory) {
        this.memory = memory;
    }

    /** Ends with the last line of the command read, unless a literal was refused before its octets came. */
    Step run(Conversation conversation, ImapCommand.Append append, Optional<LiteralHeader> announced) throws IOException {
        AppendDialogue dialogue = new AppendDialogue(conversation, append.messages(), announced);
        try {
            return step(conversation, reply(conversation, append, dialogue));
        } catch (Refused e) {
            dialogue.drop();
            return step(conversation, e.reply());
        } catch (MailboxServiceException e) {
            dialogue.drop();
            return step(conversation, Replies.of(e));
        }
    }

    private static Step step(Conversation conversation, Completion reply) {
        return new Step(conversation.state(), reply);
    }

    private Completion reply(Conversation conversation, ImapCommand.Append append, AppendDialogue dialogue) throws IOException, Refused {
        var refusal = Legality.refusal(conversation.state(), append);
        if (refusal.isPresent()) {
            throw new Refused(refusal.get());
        }
        Piece.Begin begin = (Piece.Begin) dialogue.next();
        Piece piece = dialogue.next();
        if (piece instanceof Piece.Octets(LiteralHeader header, boolean utf8) && !utf8 && memory.take(header.size())) {
            try {
                return whole(conversation, append.mailbox(), begin, dialogue);
            } finally {
                memory.giveBack(header.size());
            }
        }
        AppendTarget target = new AppendTarget(lookUp(conversation, append.mailbox()), Optional.empty());
        try (Mail.Batch batch = conversation.mail().appendAll()) {
            return completion(new AppendedMessages(conversation, dialogue, batch, target).store(begin, piece));
        }
    }

    /** The message is in memory until it is durable; so small a one is never too big. */
    private static Completion whole(Conversation conversation, MailboxName name, Piece.Begin begin, AppendDialogue dialogue) throws IOException, Refused {
        Optional<Mailbox> known = conversation.lastAppend().mailbox(name);
        Mailbox mailbox = known.isPresent() ? known.get() : lookUp(conversation, name);
        byte[] octets = dialogue.invite().whole();
        dialogue.proceed();
        if (octets.length == 0) {
            throw new Refused(Replies.CANCELLED);
        }
        Piece after = next(dialogue);
        if (!(after instanceof Piece.Done)) {
            try (Mail.Batch batch = conversation.mail().appendAll()) {
                AppendTarget target = new AppendTarget(mailbox, Optional.empty());
                return completion(new AppendedMessages(conversation, dialogue, batch, target).store(begin, octets, after));
            }
        }
        AppendWholeRequest.Builder message = AppendWholeRequest.newBuilder().setData(UnsafeByteOperations.unsafeWrap(octets));
        try {
            return completion(conversation.mail().append(message.setStart(start(begin, mailbox, octets)).build()));
        } catch (MailboxServiceException e) {
            if (known.isEmpty() || e.reason() != MailboxServiceException.Reason.NOT_FOUND) {
                throw e;
            }
            // It is gone since the last APPEND; another may have its name.
            return completion(conversation.mail().append(message.setStart(start(begin, lookUp(conversation, name), octets)).build()));
        }
    }

    /** What follows a literal: more of the same message, where that is catenated, or what comes behind its end. */
    private static Piece next(AppendDialogue dialogue) throws Refused {
        Piece next = dialogue.next();
        return next instanceof Piece.End ? dialogue.next() : next;
    }

    private static AppendStart start(Piece.Begin begin, Mailbox mailbox, byte[] octets) {
        return new AppendTarget(mailbox, Optional.empty()).start(begin).setSize(octets.length).build();
    }

    static Mailbox lookUp(Conversation conversation, MailboxName name) throws Refused {
        Mailbox mailbox = Names.selectable(conversation, name, Replies.TRY_CREATE);
        conversation.lastAppend().found(name, mailbox);
        return mailbox;
    }

    private static Completion completion(AppendResponse stored) {
        return Completion.ok(appendUid(stored.getUidValidity(), RoaringBitmap.bitmapOf(stored.getUid())), "APPEND completed");
    }

    private static Completion completion(AppendAllResponse stored) {
        return Completion.ok(appendUid(stored.getUidValidity(), UidSet.parse(stored.getUids())), "APPEND completed");
    }

    /** {@code "APPENDUID" SP nz-number SP append-uid} (RFC 4315 §4). */
    static String appendUid(int uidValidity, RoaringBitmap uids) {
        return "APPENDUID " + Integer.toUnsignedString(uidValidity) + " " + UidSets.wire(uids);
    }
}
