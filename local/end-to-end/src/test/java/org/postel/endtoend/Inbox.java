package org.postel.endtoend;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Waits for mail in an account's INBOX. */
final class Inbox {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private Inbox() {
    }

    /** The messages, once there are that many; they stay unseen. */
    static List<byte[]> of(int imapPort, Account account, int count) throws IOException {
        await(imapPort, account, count, LIMIT);
        List<byte[]> messages = all(imapPort, account);
        if (messages.size() != count) {
            throw new AssertionError(account.address() + " has " + messages.size() + " messages instead of " + count);
        }
        return messages;
    }

    /** Waits until there are that many or more; a service that was killed may answer "later" for a while. */
    static void await(int imapPort, Account account, int count, Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        IOException refused = null;
        while (System.nanoTime() < end) {
            try (ImapClient imap = ImapClient.connect(imapPort)) {
                imap.login(account);
                await(imap, account, count, end);
                return;
            } catch (IOException later) {
                refused = later;
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
        throw new AssertionError(account.address() + " cannot be looked at", refused);
    }

    private static void await(ImapClient imap, Account account, int count, long end) throws IOException {
        int there = imap.exists();
        while (there < count) {
            if (System.nanoTime() > end) {
                throw new AssertionError(account.address() + " has " + there + " messages instead of " + count);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            there = imap.exists();
        }
    }

    /** All messages that are there now. */
    static List<byte[]> all(int imapPort, Account account) throws IOException {
        try (ImapClient imap = ImapClient.connect(imapPort)) {
            imap.login(account);
            imap.ok("SELECT INBOX");
            return List.copyOf(imap.messages().values());
        }
    }
}
