package org.postel.endtoend;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Looks from outside at what a mail program does to an account, each time in a session of its own with INBOX selected. */
final class Onlooker {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final int imapPort;
    private final Account user;

    Onlooker(int imapPort, Account user) {
        this.imapPort = imapPort;
        this.user = user;
    }

    /** The untagged responses of a command that is answered OK. */
    List<String> asked(String command) throws IOException {
        try (ImapClient client = ImapClient.inbox(imapPort, user)) {
            List<String> answer = client.ok(command);
            return answer.subList(0, answer.size() - 1);
        }
    }

    /** Waits until a command has this one untagged response: what a program does after a key, or by itself, is seen nowhere else. */
    void await(String command, String answer) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> last = asked(command);
        while (!last.equals(List.of(answer))) {
            if (System.nanoTime() > end) {
                throw new AssertionError(command + " is still answered " + last);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            last = asked(command);
        }
    }
}
