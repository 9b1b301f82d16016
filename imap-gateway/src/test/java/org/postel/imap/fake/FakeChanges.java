package org.postel.imap.fake;

import com.google.protobuf.ByteString;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.CopyResponse;
import org.postel.mailbox.api.v1.ExpungeRequest;
import org.postel.mailbox.api.v1.ExpungeResponse;
import org.postel.mailbox.api.v1.StoreRequest;
import org.postel.mailbox.api.v1.StoreResponse;
import org.roaringbitmap.RoaringBitmap;

/** What happens to messages of one mailbox. */
record FakeChanges(FakeMailbox mailbox) {

    StoreResponse store(StoreRequest request) {
        RoaringBitmap uids = UidSet.parse(request.getUids());
        RoaringBitmap modified = request.hasUnchangedSince()
                ? RoaringBitmap.and(uids, mailbox.changedSince(request.getUnchangedSince())) : new RoaringBitmap();
        uids.andNot(modified);
        long modseq = mailbox.change(mailbox.unlike(request, uids), change -> {
            switch (request.getWhatCase()) {
                case ADD -> change.setAdded(request.getAdd());
                case REMOVE -> change.setRemoved(request.getRemove());
                case SET -> change.setSet(request.getSet());
                case WHAT_NOT_SET -> throw new MailboxServiceException(Reason.INVALID_ARGUMENT, "nothing to store");
            }
        });
        StoreResponse.Builder answer = StoreResponse.newBuilder().setModseq(modseq).setModified(UidSet.toBytes(modified));
        if (request.hasKnown()) {
            mailbox.along(request.getKnown()).ifPresent(answer::setChanges);
        }
        return answer.build();
    }

    long octets(RoaringBitmap uids) {
        return uids.stream().mapToLong(uid -> mailbox.content(uid).length).sum();
    }

    CopyResponse copy(RoaringBitmap uids, FakeMailbox to, boolean move) {
        RoaringBitmap copies = new RoaringBitmap();
        uids.forEach((int uid) -> copies.add(to.add(mailbox.content(uid), mailbox.summaryOf(uid), mailbox.flagsOf(uid),
                mailbox.summary(uid).getInternalDate(), 0)));
        ByteString sources = UidSet.toBytes(uids);
        if (move) {
            mailbox.expunge(uids);
        }
        return CopyResponse.newBuilder().setUidValidity(to.uidValidity()).setFromUids(sources).setToUids(UidSet.toBytes(copies)).build();
    }

    ExpungeResponse expunge(ExpungeRequest request) {
        RoaringBitmap deleted = mailbox.flag("\\Deleted").clone();
        if (request.hasUids()) {
            deleted.and(UidSet.parse(request.getUids()));
        }
        ExpungeResponse.Builder answer = ExpungeResponse.newBuilder().setUids(UidSet.toBytes(deleted)).setModseq(mailbox.expunge(deleted));
        if (request.hasKnown()) {
            mailbox.along(request.getKnown()).ifPresent(answer::setChanges);
        }
        return answer.build();
    }
}
