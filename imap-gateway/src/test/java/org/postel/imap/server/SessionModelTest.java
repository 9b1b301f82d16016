package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.postel.imap.fake.FakeMail;

/**
 * Random commands of clients of every kind on two gateways before one account, against a mailbox that is a map. Some clients lose
 * their connection and come back. Whoever asks for news knows afterwards exactly what is there: numbers, UIDs, flags, MODSEQs and
 * what vanished.
 */
class SessionModelTest {

    private static final List<String> FLAGS = List.of("\\Seen", "\\Deleted", "work");
    private static final int STEPS = 4000;

    private final long seed = Long.getLong("postel.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final FakeMail mail = new FakeMail();
    private final TreeMap<Integer, Set<String>> truth = new TreeMap<>();
    private final List<String> history = new ArrayList<>();
    private int uidNext = 1;

    @Test
    void everyClientKnowsTheMailbox() throws IOException {
        try (TestGateway one = new TestGateway(mail, Map.of(), Optional.empty()); TestGateway two = new TestGateway(mail, Map.of(), Optional.empty())) {
            List<ModelClient> clients = new ArrayList<>();
            for (ModelClient.Kind kind : ModelClient.Kind.values()) {
                clients.add(new ModelClient(kind, false));
                clients.add(new ModelClient(kind, true));
            }
            for (int step = 0; step < STEPS; step++) {
                int chosen = random.nextInt(clients.size());
                ModelClient client = clients.get(chosen);
                if (client.connected()) {
                    step(chosen, client);
                } else {
                    note(chosen, "comes");
                    client.come(random.nextBoolean() ? one : two, resync(client));
                    client.check(truth, modseqs());
                }
            }
            for (ModelClient client : clients) {
                if (client.connected()) {
                    client.run("NOOP", false);
                    client.check(truth, modseqs());
                    client.go();
                }
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ", at last " + history.subList(Math.max(0, history.size() - 25), history.size()), e);
        }
    }

    private void note(int client, String what) {
        history.add(client + " " + what);
    }

    private TreeMap<Integer, Long> modseqs() {
        TreeMap<Integer, Long> modseqs = new TreeMap<>();
        truth.keySet().forEach(uid -> modseqs.put(uid, mail.modseq(uid)));
        return modseqs;
    }

    /** Known UIDs and pairs of number and UID, now and then. */
    private String resync(ModelClient client) {
        StringBuilder resync = new StringBuilder();
        List<Integer> known = List.copyOf(client.flags.keySet());
        if (known.isEmpty() || random.nextBoolean()) {
            return "";
        }
        if (random.nextBoolean()) {
            // New messages are asked for anyway: of those no change needs to be told.
            resync.append(" 1:").append(known.getLast());
        }
        if (client.kind == ModelClient.Kind.QRESYNC && random.nextBoolean()) {
            List<String> numbers = new ArrayList<>();
            List<String> uids = new ArrayList<>();
            for (int i = 0; i < known.size(); i++) {
                if (random.nextInt(4) == 0 || numbers.isEmpty()) {
                    numbers.add(String.valueOf(i + 1));
                    uids.add(String.valueOf(known.get(i)));
                }
            }
            resync.append(" (").append(String.join(",", numbers)).append(' ').append(String.join(",", uids)).append(')');
        }
        return resync.toString();
    }

    private void step(int name, ModelClient client) throws IOException {
        boolean some = !client.uids.isEmpty();
        boolean numbers = client.kind != ModelClient.Kind.UIDONLY && random.nextBoolean();
        int choice = random.nextInt(12);
        note(name, client.kind + " does " + choice);
        switch (choice) {
            case 0, 1 -> append(client, 1 + random.nextInt(3));
            case 2, 3 -> {
                if (some) {
                    store(client, numbers);
                }
            }
            case 4 -> expunge(client);
            case 5 -> {
                if (some) {
                    move(client, numbers);
                }
            }
            case 6 -> {
                if (some) {
                    client.run(numbers ? "FETCH 1:" + client.uids.size() + " (FLAGS)" : "UID FETCH 1:* (FLAGS)", numbers);
                }
            }
            case 7 -> {
                if (client.resyncs()) {
                    client.run("UID FETCH 1:* (FLAGS) (CHANGEDSINCE " + random.nextInt(1 + uidNext) + " VANISHED)", false);
                }
            }
            case 8 -> {
                if (some) {
                    replace(client, numbers);
                }
            }
            case 9 -> {
                if (random.nextInt(4) == 0) {
                    mail.foldLog();
                }
            }
            case 10 -> {
                if (random.nextInt(4) == 0) {
                    client.go();
                }
            }
            default -> {
                client.run("NOOP", false);
                client.check(truth, modseqs());
            }
        }
    }

    private void append(ModelClient client, int count) throws IOException {
        StringBuilder command = new StringBuilder("APPEND INBOX");
        for (int i = 0; i < count; i++) {
            Set<String> flags = flags();
            command.append(" (").append(String.join(" ", flags)).append(") {5+}\r\nhello");
            truth.put(uidNext++, flags);
        }
        assertTrue(client.run(command.toString(), false).startsWith("OK [APPENDUID "));
    }

    private Set<String> flags() {
        Set<String> flags = new TreeSet<>();
        FLAGS.stream().filter(flag -> random.nextInt(3) == 0).forEach(flags::add);
        return flags;
    }

    /** Some of the messages that the client knows of, as numbers or UIDs, and which of them are there. */
    private record Some(String set, List<Integer> there) {
    }

    private Some some(ModelClient client, boolean numbers) {
        List<String> set = new ArrayList<>();
        List<Integer> there = new ArrayList<>();
        for (int i = 0; i < client.uids.size(); i++) {
            if (set.isEmpty() || random.nextInt(4) == 0) {
                set.add(String.valueOf(numbers ? i + 1 : client.uids.get(i)));
                if (truth.containsKey(client.uids.get(i))) {
                    there.add(client.uids.get(i));
                }
            }
        }
        return new Some(String.join(",", set), there);
    }

    private void store(ModelClient client, boolean numbers) throws IOException {
        Some some = some(client, numbers);
        String flag = FLAGS.get(random.nextInt(FLAGS.size()));
        boolean add = random.nextBoolean();
        // Who is told at any time cannot tell whether what it is told was before its change or after.
        boolean silent = random.nextBoolean() && !client.notified;
        some.there.forEach(uid -> {
            if (add) {
                truth.get(uid).add(flag);
            } else {
                truth.get(uid).remove(flag);
            }
            if (silent && client.flags.containsKey(uid)) {
                // RFC 3501 §6.4.6: the client knows what it did.
                Set<String> believed = new TreeSet<>(client.flags.get(uid));
                if (add) {
                    believed.add(flag);
                } else {
                    believed.remove(flag);
                }
                client.flags.put(uid, believed);
            }
        });
        client.run((numbers ? "STORE " : "UID STORE ") + some.set + (add ? " +FLAGS" : " -FLAGS") + (silent ? ".SILENT" : "") + " (" + flag + ")", numbers);
    }

    private void expunge(ModelClient client) throws IOException {
        boolean all = random.nextBoolean() || client.uids.isEmpty();
        Some some = some(client, false);
        truth.entrySet().removeIf(message -> message.getValue().contains("\\Deleted") && (all || some.there.contains(message.getKey())));
        assertTrue(client.run(all ? "EXPUNGE" : "UID EXPUNGE " + some.set, false).startsWith("OK"));
    }

    private void move(ModelClient client, boolean numbers) throws IOException {
        Some some = some(client, numbers);
        some.there.forEach(truth::remove);
        client.run((numbers ? "MOVE " : "UID MOVE ") + some.set + " Trash", false);
    }

    private void replace(ModelClient client, boolean numbers) throws IOException {
        int at = random.nextInt(client.uids.size());
        int uid = client.uids.get(at);
        Set<String> flags = flags();
        boolean there = truth.remove(uid) != null;
        if (there) {
            truth.put(uidNext++, flags);
        }
        String reply = client.run((numbers ? "REPLACE " + (at + 1) : "UID REPLACE " + uid) + " INBOX (" + String.join(" ", flags) + ") {5+}\r\nhello", false);
        assertTrue(reply.startsWith(there ? "OK" : "NO [EXPUNGEISSUED]"), reply);
    }
}
