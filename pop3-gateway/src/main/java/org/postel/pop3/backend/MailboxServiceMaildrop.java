package org.postel.pop3.backend;

import java.util.List;
import java.util.Optional;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxesClient;
import org.postel.mailbox.api.MessageStream;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.ContentChunk;
import org.postel.mailbox.api.v1.ContentRequest;
import org.postel.mailbox.api.v1.ExpungeRequest;
import org.postel.pop3.command.BackendUnavailableException;
import org.postel.pop3.command.LockedMaildrop;
import org.postel.pop3.command.MaildropLostException;
import org.postel.pop3.command.SessionEndedException;
import org.postel.pop3.session.Maildrop;
import org.roaringbitmap.RoaringBitmap;

/** The INBOX of an account under its maildrop lease. */
final class MailboxServiceMaildrop implements LockedMaildrop {

    private static final byte[] END = {};

    private final MailboxesClient mailboxes;
    private final LeaseKeeper lease;
    private final Maildrop maildrop;
    private final ReadAhead ahead;
    private final SessionProof proof;

    MailboxServiceMaildrop(MailboxesClient mailboxes, LeaseKeeper lease, Maildrop maildrop, ReadAheadBudget budget, SessionProof proof) {
        this.mailboxes = mailboxes;
        this.lease = lease;
        this.maildrop = maildrop;
        this.proof = proof;
        this.ahead = new ReadAhead(mailboxes, lease.mailboxId(), maildrop, budget);
    }

    @Override
    public boolean stands() {
        return proof.stands();
    }

    @Override
    public Maildrop maildrop() {
        return maildrop;
    }

    @Override
    public Optional<Content> retrieve(int number) throws BackendUnavailableException {
        Optional<Content> atHand = ahead.take(number).map(WholeContent::new);
        return atHand.isPresent() ? atHand : content(number);
    }

    @Override
    public Optional<Content> content(int number) throws BackendUnavailableException {
        ContentRequest request = ContentRequest.newBuilder().setMailboxId(lease.mailboxId()).setUid(maildrop.uid(number)).build();
        try {
            MessageStream<ContentChunk> chunks = mailboxes.content(request);
            try {
                // A message that is gone shows when the first octets are asked for.
                chunks.hasNext();
                return Optional.of(new ChunkedContent(chunks));
            } catch (MailboxServiceException e) {
                chunks.close();
                throw e;
            }
        } catch (MailboxServiceException e) {
            if (e.reason() == MailboxServiceException.Reason.NOT_FOUND) {
                return Optional.empty();
            }
            if (e.reason() == MailboxServiceException.Reason.UNAUTHENTICATED) {
                throw new SessionEndedException(e.getMessage(), e);
            }
            throw new BackendUnavailableException(e.getMessage(), e);
        }
    }

    /** A message that is here already. */
    private static final class WholeContent implements Content {

        private byte[] rest;

        WholeContent(byte[] octets) {
            this.rest = octets;
        }

        @Override
        public byte[] next() {
            byte[] octets = rest;
            rest = END;
            return octets;
        }

        @Override
        public void close() {
            rest = END;
        }
    }

    private record ChunkedContent(MessageStream<ContentChunk> chunks) implements Content {

        @Override
        public byte[] next() throws BackendUnavailableException {
            try {
                while (chunks.hasNext()) {
                    byte[] octets = chunks.next().getData().toByteArray();
                    if (octets.length > 0) {
                        return octets;
                    }
                }
                return END;
            } catch (MailboxServiceException e) {
                throw new BackendUnavailableException(e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            chunks.close();
        }
    }

    @Override
    public void delete(List<Integer> uids) throws BackendUnavailableException, MaildropLostException {
        RoaringBitmap marked = RoaringBitmap.bitmapOf(uids.stream().mapToInt(Integer::intValue).toArray());
        ExpungeRequest request = ExpungeRequest.newBuilder()
                .setMailboxId(lease.mailboxId()).setUids(UidSet.toBytes(marked)).setByLease(lease.fencingToken()).build();
        try {
            mailboxes.expunge(request);
        } catch (MailboxServiceException e) {
            if (e.reason() == MailboxServiceException.Reason.ABORTED) {
                throw new MaildropLostException(e.getMessage(), e);
            }
            throw new BackendUnavailableException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        ahead.close();
        lease.close();
    }
}
