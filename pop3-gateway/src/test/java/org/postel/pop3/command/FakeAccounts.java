package org.postel.pop3.command;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.postel.pop3.session.Maildrop;
import org.postel.wire.sasl.Authority;
import org.postel.wire.sasl.FakeAuthority;
import org.postel.wire.sasl.Mechanisms;
import org.postel.wire.sasl.PasswordCredentials;
import org.postel.wire.sasl.SaslStep.Failure;
import org.postel.wire.sasl.SaslStep.Outcome;
import org.postel.wire.sasl.SaslStep.Reason;
import org.postel.wire.sasl.SaslStep.Success;

/** Accounts in memory; every password is "secret". */
public final class FakeAccounts implements Accounts {

    private static final int UID_VALIDITY = 1234;
    private static final int CHUNK = 1000;

    private final Map<String, Drop> drops = new ConcurrentHashMap<>();
    public volatile boolean down;
    public volatile List<String> mechanisms = Mechanisms.PASSWORDS;
    public volatile Optional<Reason> refusing = Optional.empty();
    /** How many messages of clients could not be read. */
    public final AtomicInteger unreadable = new AtomicInteger();
    /** Deletion waits for it. */
    public volatile CountDownLatch deletionMayGoOn = new CountDownLatch(0);
    public final CountDownLatch deleting = new CountDownLatch(1);

    /** The account's maildrop; made when first named. */
    public Drop drop(String name) {
        return drops.computeIfAbsent(name, key -> new Drop());
    }

    @Override
    public List<String> mechanisms() {
        return mechanisms;
    }

    /** Who shows no password is alice. */
    @Override
    public Authority<Account> forClient(InetAddress client) {
        return new FakeAuthority<>(this::verify, drop("alice"), unreadable::incrementAndGet);
    }

    private Outcome<Account> verify(PasswordCredentials credentials) {
        if (down) {
            return new Failure<>(Reason.UNAVAILABLE);
        }
        Drop drop = drops.get(credentials.authenticationId());
        if (drop == null || !credentials.password().equals("secret")) {
            return new Failure<>(Reason.CREDENTIALS);
        }
        return refusing.<Outcome<Account>>map(Failure::new).orElseGet(() -> new Success<>(drop));
    }

    /** One account's messages. */
    public final class Drop implements Account {

        private final String id = UUID.randomUUID().toString();

        private final TreeMap<Integer, byte[]> messages = new TreeMap<>();
        private int uidNext = 1;
        private boolean locked;
        public volatile boolean lost;
        /** What opened a session would open it no more. */
        public volatile boolean shut;
        /** Content ends here, as when the store fails in the middle. */
        public volatile int breaksAfter = Integer.MAX_VALUE;

        public synchronized void add(String message) {
            messages.put(uidNext++, message.getBytes(StandardCharsets.UTF_8));
        }

        public synchronized void remove(int uid) {
            messages.remove(uid);
        }

        public synchronized int count() {
            return messages.size();
        }

        public synchronized boolean locked() {
            return locked;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public synchronized Lock lock() throws BackendUnavailableException {
            if (locked) {
                return new Lock.InUse();
            }
            locked = true;
            int[] uids = messages.keySet().stream().mapToInt(Integer::intValue).toArray();
            long[] sizes = messages.values().stream().mapToLong(message -> message.length).toArray();
            return new Lock.Taken(new Held(this, new Maildrop(UID_VALIDITY, uids, sizes)));
        }
    }

    private final class Held implements LockedMaildrop {

        private final Drop drop;
        private final Maildrop maildrop;

        Held(Drop drop, Maildrop maildrop) {
            this.drop = drop;
            this.maildrop = maildrop;
        }

        @Override
        public boolean stands() {
            return !drop.shut;
        }

        @Override
        public Maildrop maildrop() {
            return maildrop;
        }

        @Override
        public Optional<Content> retrieve(int number) throws BackendUnavailableException {
            return content(number);
        }

        @Override
        public Optional<Content> content(int number) throws BackendUnavailableException {
            if (down) {
                throw new BackendUnavailableException("down", null);
            }
            synchronized (drop) {
                return Optional.ofNullable(drop.messages.get(maildrop.uid(number))).map(octets -> new Chunks(octets, drop.breaksAfter));
            }
        }

        @Override
        public void delete(List<Integer> uids) throws BackendUnavailableException, MaildropLostException {
            deleting.countDown();
            try {
                deletionMayGoOn.await();
            } catch (InterruptedException e) {
                throw new BackendUnavailableException("interrupted", e);
            }
            if (down) {
                throw new BackendUnavailableException("down", null);
            }
            if (drop.lost) {
                throw new MaildropLostException("lost", null);
            }
            uids.forEach(drop::remove);
        }

        @Override
        public void close() {
            synchronized (drop) {
                drop.locked = false;
            }
        }
    }

    private static final class Chunks implements LockedMaildrop.Content {

        private final byte[] octets;
        private final int end;
        private int at;

        Chunks(byte[] octets, int breaksAfter) {
            this.octets = octets;
            this.end = Math.min(octets.length, breaksAfter);
        }

        @Override
        public byte[] next() {
            int from = at;
            at = Math.min(end, at + CHUNK);
            return Arrays.copyOfRange(octets, from, at);
        }

        @Override
        public void close() {
            at = end;
        }
    }
}
