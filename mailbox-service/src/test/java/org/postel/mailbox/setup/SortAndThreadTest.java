package org.postel.mailbox.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.SortCriterion;
import org.postel.mailbox.api.v1.SortCriterion.Key;
import org.postel.mailbox.api.v1.SortRequest;
import org.postel.mailbox.api.v1.ThreadRequest;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.mailbox.store.Uuids;
import org.roaringbitmap.RoaringBitmap;

/** RFC 5256 §3 and RFC 5957 over mail that is stored. */
@ExtendWith(SharedCassandra.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SortAndThreadTest {

    private CassandraSession cassandra;
    private Pod pod;
    private UUID account;
    private UUID inbox;

    @BeforeAll
    void mail(CassandraSession session) {
        cassandra = session;
        pod = new Pod(cassandra, Map.of());
        account = pod.account();
        inbox = pod.inbox(account);
        append("Message-ID: <1@x>\r\nSubject: zebra\r\nDate: 3 Jun 2026 10:00:00 +0000\r\nFrom: Carl <b@x>\r\nTo: z@x\r\nCc: m@x");
        append("Message-ID: <2@x>\r\nIn-Reply-To: <1@x>\r\nSubject: Re: ZEBRA\r\nDate: 3 Jun 2026 10:00:00 +0200\r\nFrom: c@x\r\nTo: \"=?utf-8?q?=C3=84nne?=\" <y@x>\r\n\r\nlonger");
        append("Message-ID: <3@x>\r\nReferences: <1@x> <2@x>\r\nSubject: =?utf-8?q?=C3=84pfel?=\r\nFrom: \"Ann\" <d@x>");
    }

    private void append(String header) {
        pod.append(account, inbox, header + "\r\n\r\n");
    }

    private List<Integer> sorted(Key... keys) {
        return sorted(false, keys);
    }

    private List<Integer> sorted(boolean reverse, Key... keys) {
        SortRequest.Builder request = SortRequest.newBuilder().setMailboxId(Uuids.toBytes(inbox)).setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(1, 2, 3, 9)));
        for (Key key : keys) {
            request.addBy(SortCriterion.newBuilder().setKey(key).setReverse(reverse));
        }
        List<Integer> uids = new ArrayList<>();
        pod.storage().mailboxes().sort(account, request.build(), chunk -> uids.addAll(chunk.getUidList()));
        return uids;
    }

    @Test
    void eachCriterionIsInItsOrder() {
        assertEquals(List.of(3, 1, 2), sorted(Key.SUBJECT), "base subjects, without case; equal ones in UID order");
        assertEquals(List.of(2, 1, 3), sorted(Key.DATE), "in UTC; without a date when it arrived");
        assertEquals(List.of(1, 2, 3), sorted(Key.FROM), "by mailbox");
        assertEquals(List.of(3, 2, 1), sorted(Key.DISPLAYFROM), "Ann, c@x, Carl");
        assertEquals(List.of(3, 2, 1), sorted(Key.TO), "none, y, z");
        assertEquals(List.of(3, 2, 1), sorted(Key.DISPLAYTO), "none, \u00c4nne, z@x");
        assertEquals(List.of(2, 3, 1), sorted(Key.CC));
        assertEquals(List.of(1, 2, 3), sorted(Key.ARRIVAL));
        assertEquals(List.of(3, 1, 2), sorted(Key.SIZE));
        assertEquals(List.of(3, 2, 1), sorted(Key.SUBJECT, Key.DATE), "the second tells equals apart");
        assertEquals(List.of(1, 2, 3), sorted(true, Key.SUBJECT), "the reverse of the order, not of ties");
    }

    private List<Integer> threaded(ThreadRequest.Algorithm algorithm) {
        List<Integer> nodes = new ArrayList<>();
        pod.storage().mailboxes().thread(account, ThreadRequest.newBuilder().setMailboxId(Uuids.toBytes(inbox)).setAlgorithm(algorithm)
                .setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(1, 2, 3))).build(), chunk -> {
            for (int i = 0; i < chunk.getUidCount(); i++) {
                nodes.addAll(List.of(chunk.getUid(i), chunk.getChildren(i)));
            }
        });
        return nodes;
    }

    @Test
    void threadsFollowReferencesAndElseWhatIsAnswered() {
        assertEquals(List.of(1, 1, 2, 1, 3, 0), threaded(ThreadRequest.Algorithm.REFERENCES));
        assertEquals(List.of(1, 1, 2, 1, 3, 0), threaded(ThreadRequest.Algorithm.REFS));
        assertEquals(List.of(2, 1, 1, 0, 3, 0), threaded(ThreadRequest.Algorithm.ORDEREDSUBJECT), "by date, the reply was before");
    }

    @Test
    void mailThatWasStoredWithoutItsFieldsIsThreadedByItsHeader() {
        Pod before = pod;
        UUID accountBefore = account;
        UUID inboxBefore = inbox;
        account = pod.account();
        inbox = pod.inbox(account);
        append("Message-ID: <1@x>\r\nSubject: a");
        append("Message-ID: <2@x>\r\nReferences: <1@x>\r\nSubject: b");
        append("Message-ID: <3@x>\r\nIn-Reply-To: <2@x>\r\nSubject: c");
        for (int uid = 1; uid <= 3; uid++) {
            cassandra.get().execute("DELETE summary FROM mailbox_log WHERE mailbox_id = " + inbox + " AND kind = 1 AND position = " + uid + " AND part = 0 IF EXISTS");
        }
        pod = new Pod(cassandra, Map.of());
        assertEquals(List.of(1, 1, 2, 1, 3, 0), threaded(ThreadRequest.Algorithm.REFERENCES));
        pod = before;
        account = accountBefore;
        inbox = inboxBefore;
    }

    @Test
    void whatTakesTooLongEnds() {
        Pod slow = new Pod(cassandra, Map.of("search-time", "0s"));
        assertEquals(Problem.LIMIT, assertThrows(StoreException.class, () -> slow.storage().mailboxes().sort(account, SortRequest.newBuilder()
                .setMailboxId(Uuids.toBytes(inbox)).setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(1))).addBy(SortCriterion.newBuilder().setKey(Key.DATE)).build(),
                chunk -> {})).problem());
    }
}
