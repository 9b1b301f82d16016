package org.postel.imap.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
 * client knows the mailbox as it is, and no number ever pointed at another message on the way.
 */
class MailboxViewTest {

    private static final List<String> FLAGS = List.of("\\Seen", "\\Deleted", "work");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** The mailbox itself, and its log. */
    private final TreeMap<Integer, Set<String>> messages = new TreeMap<>();
    private final List<MessageRow> arrivals = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private int uidNext = 1;
    private long modseq = 1;

    /** What a client knows: the UIDs behind its numbers as the test knows them, and the flags it was told. */
    private final class Client {
        final MailboxView view;
        final List<Integer> numbered = new ArrayList<>();
        final TreeMap<Integer, Set<String>> flags = new TreeMap<>();

        Client() {
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
            long since = view.state().modseq();
            ChangesChunk.Builder chunk = ChangesChunk.newBuilder();
            arrivals.stream().filter(row -> row.getModseq() > since).forEach(chunk::addArrivals);
            changes.stream().filter(change -> change.getModseq() > since).forEach(chunk::addChanges);
            view.apply(chunk.setHeader(header()).build(), 0);
        }

        void hear(boolean expunges) throws IOException {
            view.report(octets -> {
                String[] words = new String(octets, StandardCharsets.US_ASCII).strip().split("[ ()]+");
                switch (words[2]) {
                    case "EXPUNGE" -> {
                        assertTrue(expunges, "unasked EXPUNGE");
                        flags.remove(numbered.remove(Integer.parseInt(words[1]) - 1));
                    }
                    case "EXISTS" -> arrive(Integer.parseInt(words[1]));
                    case "FETCH" -> {
                        Set<String> told = new TreeSet<>(List.of(words).subList(4, words.length));
                        told.remove("\\Recent");
                        flags.put(numbered.get(Integer.parseInt(words[1]) - 1), told);
                    }
                    default -> assertTrue(words[1].equals("FLAGS") || words[2].equals("RECENT"), words[2]);
                }
            }, expunges, false);
        }

        private void arrive(int count) {
            for (int number = numbered.size() + 1; number <= count; number++) {
                int wanted = number;
                int uid = view.uids().select(wanted - 1);
                numbered.add(uid);
                flags.put(uid, plain(view.flagsOf(uid)));
            }
            assertEquals(count, numbered.size());
        }

        void check() {
            assertEquals(numbered.size(), view.messages());
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
            case 0 -> {
                change.setExpunged(Expunged.getDefaultInstance());
                uids.forEach((int uid) -> messages.remove(uid));
            }
            case 1 -> {
                change.setAdded(flags);
                uids.forEach((int uid) -> messages.get(uid).add(flag));
            }
            case 2 -> {
                change.setRemoved(flags);
                uids.forEach((int uid) -> messages.get(uid).remove(flag));
            }
            default -> {
                change.setSet(flags);
                uids.forEach((int uid) -> messages.put(uid, new TreeSet<>(Set.of(flag))));
            }
        }
        changes.add(change.build());
    }

    @Test
    void everyClientEndsUpKnowingTheMailbox() throws IOException {
        try {
            List<Client> clients = List.of(new Client(), new Client(), new Client());
            for (int step = 0; step < 3000; step++) {
                happen();
                Client client = clients.get(random.nextInt(clients.size()));
                if (random.nextBoolean()) {
                    client.catchUp();
                }
                if (random.nextBoolean()) {
                    client.hear(random.nextBoolean());
                }
                client.check();
            }
            for (Client client : clients) {
                client.catchUp();
                client.hear(true);
                client.check();
                assertEquals(new ArrayList<>(messages.keySet()), client.numbered);
                assertEquals(messages, client.flags);
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    void flagsOfAMessageThatIsGoneAreTheLastOnes() {
        arrivals.add(MessageRow.newBuilder().setUid(uidNext).setModseq(++modseq).addFlags("\\Seen").build());
        messages.put(uidNext++, Set.of("\\Seen"));
        Client client = new Client();
        messages.clear();
        changes.add(Change.newBuilder().setModseq(++modseq).setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(1)))
                .setExpunged(Expunged.getDefaultInstance()).build());
        client.catchUp();
        assertEquals(List.of("\\Seen"), client.view.flagsOf(1));
        assertTrue(client.view.present(client.view.uids()).isEmpty());
    }

    @Test
    void changesThatBreakOffAreNotTrusted() {
        Client client = new Client();
        client.view.apply(ChangesChunk.newBuilder()
                .addArrivals(MessageRow.newBuilder().setUid(1).setModseq(9)).build(), 0);
        assertTrue(client.view.torn());
        client.view.replace(open());
        assertTrue(!client.view.torn());
    }
}
