package org.postel.mailbox.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.VanishedChunk;
import org.postel.mailbox.api.v1.VanishedRequest;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.store.Uuids;
import org.roaringbitmap.RoaringBitmap;

/** Which messages left a mailbox since a MODSEQ (RFC 7162 §3.2.5.1). */
@ExtendWith(SharedCassandra.class)
class VanishedTest {

    private static final String MAIL = "Subject: x\r\n\r\nbody\r\n";

    /** Empty when the log does not reach back so far. */
    private static Optional<RoaringBitmap> vanished(Pod pod, UUID account, UUID mailbox, int uidValidity, long since, long to) {
        List<VanishedChunk> chunks = new ArrayList<>();
        pod.storage().mailboxes().vanished(account, VanishedRequest.newBuilder().setMailboxId(Uuids.toBytes(mailbox))
                .setUidValidity(uidValidity).setSinceModseq(since).setToModseq(to).build(), chunks::add);
        if (chunks.getFirst().getOutOfReach()) {
            return Optional.empty();
        }
        RoaringBitmap all = new RoaringBitmap();
        chunks.forEach(chunk -> all.or(UidSet.parse(chunk.getUids())));
        return Optional.of(all);
    }

    /** One pod commits; the other answers from memory as far as it heard of it, a third that just started from the log. */
    @Test
    void everyMomentsExpungesAreKnownOnEveryPod(CassandraSession cassandra) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Pod one = new Pod(cassandra, Map.of());
        Pod two = new Pod(cassandra, Map.of());
        UUID account = one.account();
        UUID inbox = one.inbox(account);
        List<MailboxState> moments = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            if (random.nextInt(3) > 0) {
                one.append(account, inbox, MAIL);
            } else {
                RoaringBitmap some = new RoaringBitmap();
                one.open(account, inbox).uids().forEach((int uid) -> {
                    if (random.nextInt(3) == 0) {
                        some.add(uid);
                    }
                });
                one.add(account, inbox, some, "\\Deleted");
                one.expunge(account, inbox);
            }
            moments.add(one.open(account, inbox));
        }
        MailboxState now = moments.getLast();
        int uidValidity = now.header().getUidValidity();
        for (MailboxState moment : moments) {
            for (Pod pod : List.of(one, two, new Pod(cassandra, Map.of()))) {
                RoaringBitmap told = vanished(pod, account, inbox, uidValidity, moment.modseq(), now.modseq()).orElseThrow();
                RoaringBitmap knew = RoaringBitmap.and(told, moment.uids());
                assertEquals(RoaringBitmap.andNot(moment.uids(), now.uids()), knew, "seed " + seed);
                told.andNot(moment.uids());
                told.forEach((int uid) -> assertTrue(Integer.compareUnsigned(uid, moment.header().getUidNext()) >= 0, "seed " + seed));
            }
        }
        assertEquals(Optional.empty(), vanished(one, account, inbox, uidValidity + 1, now.modseq(), 0), "another UIDVALIDITY");
        assertEquals(Optional.empty(), vanished(one, account, inbox, uidValidity, now.modseq() + 1, 0), "a MODSEQ that is not given yet");
    }

    @Test
    void whatWasFoldedIsNotKnownAnyMore(CassandraSession cassandra) {
        Map<String, String> config = Map.of("snapshot-after", "15", "resync-horizon", "0s");
        Pod pod = new Pod(cassandra, config);
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        pod.append(account, inbox, MAIL, "\\Deleted");
        MailboxState before = pod.open(account, inbox);
        int uidValidity = before.header().getUidValidity();
        pod.expunge(account, inbox);
        assertEquals(Optional.of(RoaringBitmap.bitmapOf(1)), vanished(pod, account, inbox, uidValidity, before.modseq(), 0));
        boolean known = true;
        for (int i = 0; i < 400 && known; i++) {
            // Each further commit gives the housekeeping another occasion.
            pod.append(account, inbox, MAIL);
            known = vanished(new Pod(cassandra, config), account, inbox, uidValidity, before.modseq(), 0).isPresent();
        }
        assertEquals(Optional.empty(), vanished(new Pod(cassandra, config), account, inbox, uidValidity, before.modseq(), 0));
        assertTrue(vanished(pod, account, inbox, uidValidity, pod.open(account, inbox).modseq(), 0).isPresent());
    }
}
