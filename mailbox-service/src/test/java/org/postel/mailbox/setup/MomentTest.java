package org.postel.mailbox.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.ChangesChunk;
import org.postel.mailbox.api.v1.ChangesRequest;
import org.postel.mailbox.api.v1.Flags;
import org.postel.mailbox.api.v1.Known;
import org.postel.mailbox.api.v1.StoreRequest;
import org.postel.mailbox.api.v1.StoreResponse;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.store.Uuids;
import org.roaringbitmap.RoaringBitmap;

/** What a poll may miss of what another pod commits: for a moment only, and nothing that its asker did, knows or heard of. */
@ExtendWith(SharedCassandra.class)
class MomentTest {

    private static final String MAIL = "Subject: x\r\n\r\nbody\r\n";
    /** Rows that are in memory, so that one answer to a poll tells them. */
    private static final int LITTLE = 256;
    private static final RoaringBitmap FIRST = RoaringBitmap.bitmapOf(1);

    private Pod patient;
    private Pod other;
    private UUID account;
    private UUID inbox;
    private long known;
    private int uidValidity;

    @BeforeEach
    void oneMessageThatBothPodsKnow(CassandraSession cassandra) {
        patient = new Pod(cassandra, Map.of("moment", "1h"));
        other = new Pod(cassandra, Map.of("moment", "0s"));
        account = patient.account();
        inbox = patient.inbox(account);
        patient.append(account, inbox, MAIL);
        MailboxState view = patient.open(account, inbox);
        uidValidity = view.header().getUidValidity();
        known = view.modseq();
    }

    private ChangesRequest.Builder since(long modseq) {
        return ChangesRequest.newBuilder().setUidValidity(uidValidity).setSinceModseq(modseq).setUidNext(2);
    }

    private long commitElsewhere() {
        return other.add(account, inbox, FIRST, "$" + UUID.randomUUID()).getModseq();
    }

    @Test
    void aPollWithinTheMomentReadsNothing() {
        long elsewhere = commitElsewhere();
        assertEquals(known, patient.poll(account, inbox, since(known)));
        assertEquals(elsewhere, other.poll(account, inbox, since(known)));
        commitElsewhere();
        assertEquals(elsewhere + 1, other.poll(account, inbox, since(known)));
    }

    @Test
    void whoHeardOfACommitIsToldOfIt() {
        long elsewhere = commitElsewhere();
        assertEquals(elsewhere, patient.poll(account, inbox, since(known).setHeardModseq(elsewhere)));
    }

    @Test
    void whoKnowsMoreThanThisPodIsNotSentBack() {
        long elsewhere = commitElsewhere();
        assertEquals(elsewhere, patient.poll(account, inbox, since(elsewhere)));
    }

    @Test
    void theNewestIsTheNewest() {
        long elsewhere = commitElsewhere();
        assertEquals(elsewhere, patient.poll(account, inbox, since(known).setNewest(true)));
    }

    @Test
    void aStatusThatTellsOfACommitMakesPollsReachIt() {
        long elsewhere = commitElsewhere();
        assertEquals(elsewhere, patient.storage().mailboxes().status(account, List.of(inbox)).getFirst().getModseq());
        assertEquals(elsewhere, patient.poll(account, inbox, since(known)));
    }

    @Test
    void aCommitOfThisPodIsSeenAtOnceWithAllBeforeIt() {
        commitElsewhere();
        long own = patient.add(account, inbox, FIRST, "\\Flagged").getModseq();
        assertEquals(known + 2, own);
        assertEquals(own, patient.poll(account, inbox, since(known)));
    }

    private StoreResponse store(long since) {
        return patient.storage().mailboxes().store(account, StoreRequest.newBuilder().setMailboxId(Uuids.toBytes(inbox))
                .setUids(UidSet.toBytes(FIRST)).setAdd(Flags.newBuilder().addFlag("\\Flagged"))
                .setKnown(Known.newBuilder().setUidValidity(uidValidity).setModseq(since)).build());
    }

    @Test
    void aChangeTellsWhatItLedTo() {
        claimRecent();
        commitElsewhere();
        StoreResponse stored = store(known);
        assertEquals(2, stored.getChanges().getChangesCount());
        assertEquals(stored.getModseq(), stored.getChanges().getHeader().getModseq());
        assertEquals(0, store(stored.getModseq()).getModseq());
        assertEquals(stored.getModseq(), store(stored.getModseq()).getChanges().getHeader().getModseq());
    }

    @Test
    void whereMessagesAreNewAChangeTellsNothingSoThatTheyAreClaimed() {
        assertFalse(store(known).hasChanges());
    }

    @Test
    void aChangeTellsNothingToWhoKnowsLittle() {
        claimRecent();
        assertFalse(store(0).hasChanges());
        assertFalse(store(known + 100).hasChanges());
    }

    private void claimRecent() {
        assertEquals(known, patient.poll(account, inbox, since(known).setClaimRecent(true)));
    }

    private ChangesChunk polled(ChangesRequest.Builder request) {
        return patient.storage().mailboxes().poll(account, request.setMailboxId(Uuids.toBytes(inbox)).build());
    }

    @Test
    void whatIsTooMuchForOneAnswerIsNotToldAndNothingClaimed() {
        for (int i = 0; i <= LITTLE; i++) {
            Flags flag = Flags.newBuilder().addFlag("\\Flagged").build();
            StoreRequest.Builder change = StoreRequest.newBuilder().setMailboxId(Uuids.toBytes(inbox)).setUids(UidSet.toBytes(FIRST));
            patient.storage().mailboxes().store(account, (i % 2 == 0 ? change.setAdd(flag) : change.setRemove(flag)).build());
        }
        assertEquals(ChangesChunk.newBuilder().setMuch(true).build(), polled(since(known).setClaimRecent(true)));
        ChangesChunk little = polled(since(known + 1));
        assertEquals(LITTLE, little.getChangesCount());
        assertEquals(known + LITTLE + 1, little.getHeader().getModseq());
        assertEquals(1, polled(since(known + LITTLE).setClaimRecent(true)).getHeader().getRecentFrom());
        assertEquals(2, polled(since(known + LITTLE).setClaimRecent(true)).getHeader().getRecentFrom());
    }

    @Test
    void whoHasToOpenTheMailboxAnewClaimsThen() {
        List<ChangesChunk> told = new ArrayList<>();
        ChangesRequest.Builder other = since(known).setUidValidity(uidValidity + 1).setClaimRecent(true);
        told.add(polled(other));
        patient.storage().mailboxes().changes(account, other.build(), told::add);
        told.forEach(chunk -> assertTrue(chunk.getReopen() && !chunk.getMuch()));
        assertEquals(1, polled(since(known).setClaimRecent(true)).getHeader().getRecentFrom());
    }

    @Test
    void largeChangesAreTooMuchForOneAnswer() {
        List<String> keywords = IntStream.range(0, 30).mapToObj(i -> "$" + "k".repeat(120) + i).toList();
        for (int i = 0; i < 20; i++) {
            Flags flags = Flags.newBuilder().addAllFlag(keywords).build();
            StoreRequest.Builder change = StoreRequest.newBuilder().setMailboxId(Uuids.toBytes(inbox)).setUids(UidSet.toBytes(FIRST));
            patient.storage().mailboxes().store(account, (i % 2 == 0 ? change.setAdd(flags) : change.setRemove(flags)).build());
        }
        assertTrue(polled(since(known)).getMuch());
        assertEquals(2, polled(since(known + 18)).getChangesCount());
    }

    private boolean opens(Pod pod, UUID mailbox, String name, boolean newest) {
        return pod.opens(account, mailbox, name, newest);
    }

    @Test
    void aNameThatAnotherPodGaveAwayLeadsOnForAMomentOnly() {
        UUID plans = patient.create(account, "Plans");
        assertTrue(opens(patient, plans, "Plans", false));
        other.rename(account, "Plans", "Old");
        assertTrue(opens(patient, plans, "Plans", false));
        assertFalse(opens(other, plans, "Plans", false));
        assertFalse(opens(patient, plans, "Plans", true));
        assertFalse(opens(patient, plans, "Plans", false));
        assertTrue(opens(patient, plans, "Old", false));
    }

    @Test
    void aNameThatThisPodGaveAwayLeadsNowhereAtOnce() {
        UUID plans = patient.create(account, "Plans");
        assertTrue(opens(patient, plans, "Plans", true));
        assertTrue(opens(patient, plans, "Plans", true));
        patient.rename(account, "Plans", "Old");
        assertFalse(opens(patient, plans, "Plans", false));
        assertTrue(opens(patient, plans, "Old", false));
    }
}
