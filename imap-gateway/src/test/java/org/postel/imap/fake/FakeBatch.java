package org.postel.imap.fake;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.postel.imap.command.Mail;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.AppendAllResponse;
import org.postel.mailbox.api.v1.AppendStart;
import org.roaringbitmap.RoaringBitmap;

/** Messages that come together. */
final class FakeBatch implements Mail.Batch {

    private final FakeMail mail;

    private record Coming(AppendStart start, ByteArrayOutputStream octets) {
    }

    private final List<Coming> coming = new ArrayList<>();

    FakeBatch(FakeMail mail) {
        this.mail = mail;
    }

    @Override
    public void begin(AppendStart start) {
        mail.call(() -> mail.tree.byId(start.getMailboxId()));
        mail.tree.check(start.getMailboxId(), 'i');
        admit(start.getSize(), coming.size() + 1, start);
        coming.add(new Coming(start, new ByteArrayOutputStream()));
    }

    @Override
    public void write(byte[] piece, int offset, int length) {
        mail.call(() -> {
            coming.getLast().octets.write(piece, offset, length);
            return 0;
        });
    }

    @Override
    public AppendAllResponse finish() {
        admit(coming.stream().mapToLong(one -> one.octets.size()).sum(), coming.size(), coming.getFirst().start);
        AppendAllResponse response = mail.call(this::store);
        mail.changed();
        mail.faults.appended();
        return response;
    }

    /** What is replaced makes room. */
    private void admit(long bytes, long messages, AppendStart first) {
        if (!first.hasReplaces()) {
            mail.admit(bytes, messages);
            return;
        }
        int old = first.getReplaces().getUid();
        FakeMailbox from = mail.tree.byId(first.getReplaces().getMailboxId());
        mail.admit(bytes - (from.uids().contains(old) ? from.content(old).length : 0), 0);
    }

    private AppendAllResponse store() {
        FakeMailbox mailbox = mail.tree.byId(coming.getFirst().start.getMailboxId());
        AppendStart first = coming.getFirst().start;
        if (first.hasReplaces() && !mail.tree.byId(first.getReplaces().getMailboxId()).uids().contains(first.getReplaces().getUid())) {
            throw new MailboxServiceException(Reason.FAILED_PRECONDITION, "not there");
        }
        RoaringBitmap uids = new RoaringBitmap();
        for (Coming one : coming) {
            long date = one.start.hasInternalDate() ? one.start.getInternalDate() : 1_700_000_000_000L;
            uids.add(mailbox.add(one.octets.toByteArray(), one.start.getFlagsList(), date, one.start.getInternalDateZone()));
        }
        AppendAllResponse.Builder answer = AppendAllResponse.newBuilder().setUidValidity(mailbox.uidValidity()).setUids(UidSet.toBytes(uids));
        if (first.hasReplaces()) {
            answer.setReplacedModseq(mail.tree.byId(first.getReplaces().getMailboxId()).expunge(RoaringBitmap.bitmapOf(first.getReplaces().getUid())));
        }
        return answer.build();
    }

    @Override
    public void close() {
        coming.clear();
    }
}
