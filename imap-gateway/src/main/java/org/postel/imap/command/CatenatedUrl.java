package org.postel.imap.command;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.postel.imap.session.ResponseSink;
import org.postel.imap.session.SessionState;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapUrl;
import org.postel.imap.syntax.SectionExtent;
import org.postel.imap.syntax.SyntaxException;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.SummariesChunk;
import org.postel.mailbox.api.v1.SummariesRequest;
import org.postel.mailbox.api.v1.SummaryRow;
import org.roaringbitmap.RoaringBitmap;

/** The octets that a URL of CATENATE names (RFC 4469 §3): of messages of this account only, unchanged. */
final class CatenatedUrl {

    private final Conversation conversation;
    private final String text;
    private final ImapUrl url;
    private final ByteString mailboxId;
    private final SummaryRow row;
    private final SectionExtent extent;

    /** Finds it; {@code BADURL} when there is no such thing: RFC 4469 §4.1. */
    CatenatedUrl(Conversation conversation, String text) throws Refused {
        this.conversation = conversation;
        this.text = text;
        this.url = parsed();
        this.mailboxId = mailboxId();
        this.row = row((int) url.uid()).orElseThrow(this::bad);
        SectionExtent whole = SectionExtent.of(url.section(), row.getSummary().getBody(), row.getSize()).orElseThrow(this::bad);
        this.extent = url.partial().map(whole::within).orElse(whole);
    }

    /** Octets, or more where header fields are named. */
    long size() {
        return extent.length();
    }

    void write(ResponseSink to) throws IOException {
        new MessageContent(conversation, mailboxId, row, Optional.empty(), to).write(url.section(), url.partial(), size -> { });
    }

    private ImapUrl parsed() throws Refused {
        try {
            return ImapUrl.parse(text);
        } catch (SyntaxException e) {
            throw bad();
        }
    }

    private ByteString mailboxId() throws Refused {
        if (url.mailbox().isPresent()) {
            Mailbox named = Names.find(conversation, url.mailbox().get()).filter(Mailbox::getSelectable).orElseThrow(this::bad);
            return checked(named.getId(), named.getUidValidity());
        }
        if (conversation.state() instanceof SessionState.Selected selected) {
            return checked(selected.view().mailboxId(), selected.view().state().header().getUidValidity());
        }
        throw bad();
    }

    private ByteString checked(ByteString mailboxId, int uidValidity) throws Refused {
        if (url.uidValidity().isPresent() && url.uidValidity().getAsLong() != Integer.toUnsignedLong(uidValidity)) {
            throw bad();
        }
        return mailboxId;
    }

    private Optional<SummaryRow> row(int uid) {
        SummariesRequest request = SummariesRequest.newBuilder().setMailboxId(mailboxId)
                .setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(uid))).setBody(true).build();
        try (Mail.Stream<SummariesChunk> chunks = conversation.mail().summaries(request)) {
            while (chunks.hasNext()) {
                for (SummaryRow row : chunks.next().getRowsList()) {
                    return Optional.of(row);
                }
            }
        } catch (MailboxServiceException e) {
            if (e.reason() != MailboxServiceException.Reason.NOT_FOUND) {
                throw e;
            }
        }
        return Optional.empty();
    }

    /** {@code "BADURL" SP url-resp-text}: without what would end the code or the line. */
    private Refused bad() {
        String shown = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                .replaceAll("[^ -~]", "?").replaceAll("[\\]\\\\]", "?");
        return new Refused(Completion.no("BADURL " + shown, "There is no such message or part"));
    }
}
