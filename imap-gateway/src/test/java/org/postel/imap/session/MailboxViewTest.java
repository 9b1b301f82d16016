package org.postel.imap.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.postel.imap.syntax.SequenceSet;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.ChangesChunk;
import org.postel.mailbox.api.v1.Expunged;
import org.postel.mailbox.api.v1.Flags;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.roaringbitmap.RoaringBitmap;

/**
 * Several sessions over one log, each with a client that believes what it is told and nothing else: after all was told, every
 * client knows the mailbox as it is, MODSEQs too if it is CONDSTORE-aware, and no number ever pointed at another message on the
 * way.
 */
class MailboxViewTest {

    private static final List<String> FLAGS = List.of("\\Seen", "\\Deleted", "work");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** The mailbox itself, and its log. */
    private final TreeMap<Integer, Set<String>> messages = new TreeMap<>();
    private final TreeMap<Integer, Long> modseqs = new TreeMap<>();
    private final List<MessageRow> arrivals = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private int uidNext = 1;
    private long modseq = 1;

    /** What a client knows: the UIDs behind its numbers as the test knows them, and the flags it was told. */
    private final class Client {
        final MailboxView view;
        final boolean condstore;
        final TreeMap<Integer, Long> modseqs = new TreeMap<>(MailboxViewTest.this.modseqs);
        final List<Integer> numbered = new ArrayList<>();
        final TreeMap<Integer, Set<String>> flags = new TreeMap<>();
        /** What a search saved, as long as it has a number. */
        final TreeSet<Integer> saved = new TreeSet<>();

        Client(boolean condstore) {
            this.condstore = condstore;
            view = new MailboxView(ByteString.copyFromUtf8("m"), open());
            messages.forEach((uid, set) -> {
                numbered.add(uid);
                flags.put(uid, new TreeSet<>(set));
            });
        }

        void catchUp() {
            if (random.nextInt(10) == 0) {
                view.replace(open());
                return;
            }
            catchUp(0);
        }

        /** The last change is its own, and it wants to hear nothing of the flags. */
        void changedSilently() {
            Change change = changes.getLast();
            if (change.hasExpunged()) {
                return;
            }
            UidSet.parse(change.getUids()).forEach((int uid) -> {
                if (flags.containsKey(uid)) {
                    MailboxViewTest.change(flags.get(uid), change);
                }
            });
            catchUp(change.getModseq());
        }

        private void catchUp(long silent) {
            long since = view.state().modseq();
            ChangesChunk.Builder chunk = ChangesChunk.newBuilder();
            arrivals.stream().filter(row -> row.getModseq() > since).forEach(chunk::addArrivals);
            changes.stream().filter(change -> change.getModseq() > since).forEach(chunk::addChanges);
            view.apply(chunk.setHeader(header()).build(), silent);
        }

        void hear(boolean expunges) throws IOException {
            view.report(octets -> {
                String[] words = new String(octets, StandardCharsets.US_ASCII).strip().split("[ ()]+");
                switch (words[2]) {
                    case "EXPUNGE" -> {
                        assertTrue(expunges, "unasked EXPUNGE");
                        int uid = numbered.remove(Integer.parseInt(words[1]) - 1);
                        flags.remove(uid);
                        modseqs.remove(uid);
                    }
                    case "EXISTS" -> arrive(Integer.parseInt(words[1]));
                    case "FETCH" -> fetched(numbered.get(Integer.parseInt(words[1]) - 1), List.of(words));
                    default -> assertTrue(words[1].equals("FLAGS") || words[2].equals("RECENT"), words[2]);
                }
            }, expunges, new FetchNames(condstore, condstore));
            if (condstore) {
                view.present(view.uids()).forEach((int uid) -> assertEquals(view.modseqOf(uid), modseqs.get(uid)));
            }
        }

        private void fetched(int uid, List<String> words) {
            if (condstore) {
                assertEquals(List.of("UID", String.valueOf(uid), "MODSEQ"), words.subList(3, 6));
                modseqs.put(uid, Long.valueOf(words.get(6)));
            }
            if (words.contains("FLAGS")) {
                Set<String> told = new TreeSet<>(words.subList(words.indexOf("FLAGS") + 1, words.size()));
                told.remove("\\Recent");
                flags.put(uid, told);
            }
        }

        private void arrive(int count) {
            for (int number = numbered.size() + 1; number <= count; number++) {
                int wanted = number;
                int uid = view.uids().select(wanted - 1);
                numbered.add(uid);
                flags.put(uid, plain(view.flagsOf(uid)));
                modseqs.put(uid, view.modseqOf(uid));
            }
            assertEquals(count, numbered.size());
        }

        void save() {
            saved.clear();
            numbered.stream().filter(uid -> random.nextInt(3) == 0).forEach(saved::add);
            RoaringBitmap uids = new RoaringBitmap();
            saved.forEach(uids::add);
            view.save(uids);
        }

        void check() {
            assertEquals(numbered.size(), view.messages());
            saved.retainAll(numbered);
            assertEquals(List.copyOf(saved), view.resolve(SequenceSet.SAVED, random.nextBoolean()).stream().boxed().toList());
            for (int i = 0; i < numbered.size(); i++) {
                assertEquals(numbered.get(i), view.uids().select(i));
                assertEquals(i + 1, view.numberOf(numbered.get(i)));
            }
        }
    }

    private static Set<String> plain(List<String> flags) {
        Set<String> plain = new TreeSet<>(flags);
        plain.remove("\\Recent");
        return plain;
    }

    private MailboxHeader header() {
        return MailboxHeader.newBuilder().setUidValidity(7).setUidNext(uidNext).setModseq(modseq)
                .setMessages(messages.size()).setRecentFrom(uidNext).build();
    }

    private MailboxState open() {
        MailboxState state = new MailboxState(EnumSet.noneOf(MailboxState.Column.class));
        state.fold(SnapshotChunk.newBuilder().setHeader(MailboxHeader.newBuilder().setUidValidity(7).setUidNext(1)).build());
        arrivals.forEach(state::apply);
        changes.forEach(state::apply);
        state.apply(header());
        return state;
    }

    private void happen() {
        if (messages.isEmpty() || random.nextInt(3) == 0) {
            List<String> flags = FLAGS.stream().filter(flag -> random.nextInt(4) == 0).toList();
            arrivals.add(MessageRow.newBuilder().setUid(uidNext).setModseq(++modseq).addAllFlags(flags).build());
            modseqs.put(uidNext, modseq);
            messages.put(uidNext++, new TreeSet<>(flags));
            return;
        }
        RoaringBitmap uids = new RoaringBitmap();
        messages.keySet().stream().filter(uid -> random.nextInt(4) == 0).forEach(uids::add);
        if (uids.isEmpty()) {
            return;
        }
        Change.Builder change = Change.newBuilder().setModseq(++modseq).setUids(UidSet.toBytes(uids));
        String flag = FLAGS.get(random.nextInt(FLAGS.size()));
        Flags flags = Flags.newBuilder().addFlag(flag).build();
        switch (random.nextInt(4)) {
            case 0 -> change.setExpunged(Expunged.getDefaultInstance());
            case 1 -> change.setAdded(flags);
            case 2 -> change.setRemoved(flags);
            default -> change.setSet(flags);
        }
        changes.add(change.build());
        uids.forEach((int uid) -> {
            if (change.hasExpunged()) {
                messages.remove(uid);
                modseqs.remove(uid);
            } else {
                change(messages.get(uid), change.build());
                modseqs.put(uid, modseq);
            }
        });
    }

    private static void change(Set<String> flags, Change change) {
        flags.addAll(change.getAdded().getFlagList());
        change.getRemoved().getFlagList().forEach(flags::remove);
        if (change.hasSet()) {
            flags.clear();
            flags.addAll(change.getSet().getFlagList());
        }
    }

    @Test
    void everyClientEndsUpKnowingTheMailbox() throws IOException {
        try {
            List<Client> clients = List.of(new Client(false), new Client(true), new Client(true));
            for (int step = 0; step < 3000; step++) {
                int before = changes.size();
                happen();
                Client client = clients.get(random.nextInt(clients.size()));
                if (changes.size() > before && random.nextInt(4) == 0) {
                    client.changedSilently();
                } else if (random.nextBoolean()) {
                    client.catchUp();
                }
                if (random.nextBoolean()) {
                    client.hear(random.nextBoolean());
                }
                if (random.nextInt(20) == 0) {
                    client.save();
                }
                client.check();
            }
            for (Client client : clients) {
                client.catchUp();
                client.hear(true);
                client.check();
                assertEquals(new ArrayList<>(messages.keySet()), client.numbered);
                assertEquals(messages, client.flags);
                if (client.condstore) {
                    assertEquals(modseqs, client.modseqs);
                }
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    void flagsOfAMessageThatIsGoneAreTheLastOnes() {
        arrivals.add(MessageRow.newBuilder().setUid(uidNext).setModseq(++modseq).addFlags("\\Seen").build());
        messages.put(uidNext++, Set.of("\\Seen"));
        Client client = new Client(true);
        messages.clear();
        changes.add(Change.newBuilder().setModseq(++modseq).setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(1)))
                .setExpunged(Expunged.getDefaultInstance()).build());
        client.catchUp();
        assertEquals(List.of("\\Seen"), client.view.flagsOf(1));
        assertEquals(2, client.view.modseqOf(1));
        assertEquals(RoaringBitmap.bitmapOf(1), client.view.changedSince(1));
        assertEquals(new RoaringBitmap(), client.view.changedSince(2));
        client.view.replace(open());
        assertEquals(List.of("\\Seen"), client.view.flagsOf(1), "also when the mailbox was read anew since");
        assertTrue(client.view.present(client.view.uids()).isEmpty());
    }

    @Test
    void whatFollowsIsKnownAndThereInTheOrderOfUids() {
        int half = Integer.MIN_VALUE;
        for (int uid : new int[] {5, 7, 9, half - 1, half, half + 1}) {
            arrivals.add(MessageRow.newBuilder().setUid(uid).setModseq(++modseq).build());
            messages.put(uid, Set.of());
        }
        uidNext = half + 2;
        Client client = new Client(true);
        messages.remove(9);
        changes.add(Change.newBuilder().setModseq(++modseq).setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(9)))
                .setExpunged(Expunged.getDefaultInstance()).build());
        arrivals.add(MessageRow.newBuilder().setUid(uidNext).setModseq(++modseq).build());
        messages.put(uidNext++, Set.of());
        client.catchUp();
        assertEquals(RoaringBitmap.bitmapOf(7, half - 1), client.view.following(5, 2));
        assertEquals(RoaringBitmap.bitmapOf(7), client.view.following(6, 1));
        assertEquals(RoaringBitmap.bitmapOf(half, half + 1), client.view.following(half - 1, 9), "of the newest the client was not told");
        assertEquals(new RoaringBitmap(), client.view.following(half + 1, 1));
        assertEquals(RoaringBitmap.bitmapOf(5), client.view.following(0, 1));
    }

    @Test
    void aMessageThatWasNotToldOfHasNotChanged() throws IOException {
        Client client = new Client(true);
        arrivals.add(MessageRow.newBuilder().setUid(uidNext).setModseq(++modseq).build());
        messages.put(uidNext++, Set.of());
        client.catchUp(0);
        assertEquals(new RoaringBitmap(), client.view.changedSince(0));
        changes.add(Change.newBuilder().setModseq(++modseq).setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(1)))
                .setAdded(Flags.getDefaultInstance()).build());
        client.view.replace(open());
        List<String> told = new ArrayList<>();
        client.view.report(octets -> told.add(new String(octets, StandardCharsets.US_ASCII)), true, new FetchNames(true, true));
        assertEquals(List.of("* 1 EXISTS\r\n", "* 0 RECENT\r\n"), told);
        assertEquals(RoaringBitmap.bitmapOf(1), client.view.changedSince(0));
    }

    @Test
    void whatWasJustToldIsNotToldAgain() throws IOException {
        arrivals.add(MessageRow.newBuilder().setUid(uidNext).setModseq(++modseq).build());
        messages.put(uidNext++, Set.of());
        Client client = new Client(true);
        client.view.expectReport(client.view.uids());
        client.view.expectModseqs(client.view.uids());
        client.view.reported(1);
        client.view.report(octets -> fail(new String(octets, StandardCharsets.US_ASCII)), true, new FetchNames(true, true));
    }

    @Test
    void changesThatBreakOffAreNotTrusted() {
        Client client = new Client(false);
        client.view.apply(ChangesChunk.newBuilder()
                .addArrivals(MessageRow.newBuilder().setUid(1).setModseq(9)).build(), 0);
        assertTrue(client.view.torn());
        client.view.replace(open());
        assertTrue(!client.view.torn());
    }
}
