package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postel.wire.LineClient;

/**
 * A client that believes what it is told of INBOX and nothing else: which message has which number, its flags, and where it
 * knows MODSEQs those too, with HIGHESTMODSEQ kept as RFC 7162 §6 has it. It keeps what it knows while it is away. Which messages
 * are unseen it searches once when it comes, and is told from there on (RFC 5267 §4.3).
 */
final class ModelClient {

    /** What it turns on. */
    enum Kind { PLAIN, CONDSTORE, QRESYNC, UIDONLY }

    private static final Pattern FETCH = Pattern.compile("\\* (\\d+) (?:UID)?FETCH \\((.*)\\)");
    private static final Pattern HIGHEST = Pattern.compile("\\[HIGHESTMODSEQ (\\d+)]");
    private static final Pattern UPDATE = Pattern.compile("(ALL|ADDTO \\(0|REMOVEFROM \\(0) ([\\d:,]+)");
    private static final int UNKNOWN = 0;

    final Kind kind;
    /** By number; {@link #UNKNOWN} where it was told only that there is a message. */
    final List<Integer> uids = new ArrayList<>();
    final TreeMap<Integer, Set<String>> flags = new TreeMap<>();
    final TreeMap<Integer, Long> modseqs = new TreeMap<>();
    private final TreeSet<Integer> unseen = new TreeSet<>();
    final boolean notified;
    private LineClient connection;
    /** All up to this UID were asked for. */
    private int learned;
    private long highest;
    private long seen;
    private long told;
    private boolean expungesForbidden;

    /** @param notified whether it wants to be told while no command runs (RFC 5465) */
    ModelClient(Kind kind, boolean notified) {
        this.kind = kind;
        this.notified = notified;
    }

    boolean connected() {
        return connection != null;
    }

    /** Comes, and comes to know what happened; {@code resync} is added to what QRESYNC takes. */
    void come(TestGateway gateway, String resync) throws IOException {
        connection = gateway.login();
        if (kind != Kind.PLAIN) {
            command("ENABLE " + (kind == Kind.UIDONLY ? "UIDONLY QRESYNC" : kind));
        }
        boolean away = resyncs() && highest > 0;
        if (!away) {
            uids.clear();
            flags.clear();
            modseqs.clear();
        }
        List<Integer> known = List.copyOf(flags.keySet());
        uids.clear();
        uids.addAll(known);
        learned = known.isEmpty() ? 0 : known.getLast();
        selecting = true;
        command("SELECT INBOX" + (away ? " (QRESYNC (1700000000 " + highest + resync + "))" : ""));
        selecting = false;
        uids.removeIf(uid -> !flags.containsKey(uid));
        while (uids.size() < exists) {
            uids.add(UNKNOWN);
        }
        learn();
        if (notified) {
            command("NOTIFY SET (SELECTED-DELAYED (MessageNew MessageExpunge FlagChange))");
        }
        unseen.clear();
        command("u", "UID SEARCH RETURN (UPDATE ALL) UNSEEN");
        learn();
    }

    private boolean selecting;
    private int exists;

    boolean resyncs() {
        return kind == Kind.QRESYNC || kind == Kind.UIDONLY;
    }

    /** The connection breaks. */
    void go() throws IOException {
        connection.close();
        connection = null;
        // What it never saw it does not keep.
        uids.removeIf(uid -> uid == UNKNOWN);
    }

    /** Runs a command, takes what it tells, and asks for what is not known of new messages. The tagged reply. */
    String run(String command, boolean expungesForbidden) throws IOException {
        this.expungesForbidden = expungesForbidden;
        String reply = command(command);
        this.expungesForbidden = false;
        learn();
        return reply;
    }

    private void learn() throws IOException {
        if (uids.contains(UNKNOWN)) {
            int first = uids.indexOf(UNKNOWN) + 1;
            expungesForbidden = kind != Kind.UIDONLY;
            command(kind == Kind.UIDONLY ? "UID FETCH " + (learned + 1) + ":* (FLAGS MODSEQ)"
                    : "FETCH " + first + ":" + uids.size() + " (UID FLAGS" + (kind == Kind.PLAIN ? ")" : " MODSEQ)"));
            expungesForbidden = false;
        }
        if (kind != Kind.PLAIN && !modseqs.keySet().containsAll(flags.keySet())) {
            // Messages that came just before it asked for flags only.
            command("UID FETCH 1:* (MODSEQ)");
        }
        learned = uids.isEmpty() ? learned : Math.max(learned, uids.getLast());
    }

    private String command(String command) throws IOException {
        return command("t", command);
    }

    private String command(String tag, String command) throws IOException {
        seen = 0;
        told = 0;
        connection.send(tag + " " + command);
        String line = connection.readLine();
        while (!line.startsWith(tag + " ")) {
            take(line);
            line = connection.readLine();
        }
        assertTrue(!line.startsWith(tag + " BAD"), command + ": " + line);
        noteHighest(line);
        highest = told > 0 ? told : Math.max(highest, seen);
        return line.substring(2);
    }

    private void noteHighest(String line) {
        Matcher code = HIGHEST.matcher(line);
        if (code.find()) {
            told = Long.parseLong(code.group(1));
        }
    }

    private void take(String line) {
        Matcher fetch = FETCH.matcher(line);
        if (fetch.matches()) {
            fetched(Integer.parseInt(fetch.group(1)), fetch.group(2), line.contains(" UIDFETCH "));
            return;
        }
        String[] words = line.split(" ");
        if (words[1].equals("VANISHED")) {
            assertTrue(resyncs(), line);
            boolean earlier = words[2].equals("(EARLIER)");
            vanished(words[words.length - 1], earlier);
        } else if (words.length == 3 && words[2].equals("EXPUNGE")) {
            assertTrue(!resyncs() && !expungesForbidden, line);
            goneAt(Integer.parseInt(words[1]) - 1);
        } else if (words.length == 3 && words[2].equals("EXISTS")) {
            exists = Integer.parseInt(words[1]);
            while (!selecting && uids.size() < exists) {
                uids.add(UNKNOWN);
            }
            assertTrue(selecting || uids.size() == exists, line);
        } else if (words[1].equals("ESEARCH")) {
            updated(line);
        }
        noteHighest(line);
    }

    private void updated(String line) {
        Matcher update = UPDATE.matcher(line);
        while (update.find()) {
            for (String range : update.group(2).split(",")) {
                String[] ends = range.split(":");
                for (int uid = Integer.parseInt(ends[0]); uid <= Integer.parseInt(ends[ends.length - 1]); uid++) {
                    assertTrue(update.group(1).startsWith("REMOVE") ? unseen.remove(uid) : unseen.add(uid), line + " with " + unseen);
                }
            }
        }
    }

    private void goneAt(int place) {
        int uid = uids.remove(place);
        assertTrue(!unseen.contains(uid), "a result went before it was removed: " + uid);
        flags.remove(uid);
        modseqs.remove(uid);
    }

    private void vanished(String set, boolean earlier) {
        assertTrue(earlier || !expungesForbidden, "VANISHED too early");
        for (String range : set.split(",")) {
            String[] ends = range.split(":");
            for (int uid = Integer.parseInt(ends[0]); uid <= Integer.parseInt(ends[ends.length - 1]); uid++) {
                if (!earlier) {
                    gone(uid);
                } else if (flags.remove(uid) != null) {
                    assertTrue(selecting, "what has a number is not told with EARLIER alone: " + uid);
                    modseqs.remove(uid);
                }
            }
        }
    }

    private void gone(int uid) {
        if (uids.contains(uid)) {
            goneAt(uids.indexOf(uid));
            return;
        }
        // One that it was told the coming of while no command ran, and did not ask for yet: it stands before those with higher UIDs.
        assertTrue(!unseen.contains(uid) && uids.contains(UNKNOWN), "unknown message went: " + uid);
        int above = 0;
        while (above < uids.size() && uids.get(above) <= uid) {
            above++;
        }
        int there = uids.subList(0, above).lastIndexOf(UNKNOWN);
        uids.remove(there < 0 ? uids.lastIndexOf(UNKNOWN) : there);
    }

    private void fetched(int number, String items, boolean byUid) {
        Matcher uid = Pattern.compile("\\bUID (\\d+)").matcher(items);
        boolean named = uid.find();
        int which = byUid ? number : named ? Integer.parseInt(uid.group(1)) : uids.get(number - 1);
        assertTrue(which != UNKNOWN, "a message without a UID: " + items);
        if (byUid && !selecting && !uids.contains(which)) {
            // Without numbers nothing says which of the new messages it is.
            uids.remove(Integer.valueOf(UNKNOWN));
            uids.add((int) uids.stream().filter(other -> other != UNKNOWN && other < which).count(), which);
        } else if (!byUid && !selecting) {
            assertTrue(uids.get(number - 1) == UNKNOWN || uids.get(number - 1) == which, "number " + number + " is " + uids.get(number - 1) + ", not " + which);
            uids.set(number - 1, which);
        }
        Matcher modseq = Pattern.compile("MODSEQ \\((\\d+)\\)").matcher(items);
        if (modseq.find()) {
            long value = Long.parseLong(modseq.group(1));
            assertTrue(value >= modseqs.getOrDefault(which, 0L), "MODSEQ of " + which + " went back");
            modseqs.put(which, value);
            seen = Math.max(seen, value);
        }
        Matcher list = Pattern.compile("FLAGS \\(([^)]*)\\)").matcher(items);
        if (list.find()) {
            flags.put(which, List.of(list.group(1).split(" ")).stream().filter(flag -> !flag.isEmpty() && !flag.equals("\\Recent"))
                    .collect(Collectors.toCollection(TreeSet::new)));
            if (selecting && !uids.contains(which)) {
                uids.add(which);
            }
        }
    }

    /** It is up to date: what it believes is true. */
    void check(TreeMap<Integer, Set<String>> truth, TreeMap<Integer, Long> modseqsInTruth) {
        assertEquals(List.copyOf(truth.keySet()), uids, () -> kind + " has other messages");
        assertEquals(truth, flags, () -> kind + " has other flags");
        assertEquals(truth.keySet().stream().filter(uid -> !truth.get(uid).contains("\\Seen")).toList(), List.copyOf(unseen), () -> kind + " has other results");
        if (kind != Kind.PLAIN) {
            assertEquals(modseqsInTruth, modseqs, () -> kind + " has other MODSEQs");
        }
    }
}
