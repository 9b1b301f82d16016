package org.postel.mailbox.password;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private final Passwords passwords = new Passwords(settings(4, Duration.ofSeconds(30)));

    @Test
    void theRightPasswordMatchesAndStaysRightWhenRemembered() {
        Optional<String> hash = Optional.of(passwords.hash("secret"));
        assertTrue(passwords.matches(hash, "secret"));
        assertTrue(passwords.matches(hash, "secret"));
        assertFalse(passwords.matches(hash, "Secret"));
    }

    @Test
    void aChangedPasswordIsNotRemembered() {
        Optional<String> before = Optional.of(passwords.hash("old"));
        assertTrue(passwords.matches(before, "old"));
        assertFalse(passwords.matches(Optional.of(passwords.hash("new")), "old"));
    }

    @Test
    void nobodysPasswordIsAlwaysWrong() {
        assertFalse(passwords.matches(Optional.empty(), "nobody"));
        assertFalse(passwords.matches(Optional.empty(), "nobody"));
    }

    @Test
    void composedAndDecomposedLettersAreOnePassword() {
        assertTrue(passwords.matches(Optional.of(passwords.hash("caf\u00e9")), "cafe\u0301"));
    }

    @Test
    void tooManyAtOnceAreToldToComeAgain() throws Exception {
        Passwords busy = new Passwords(new PasswordSettings(new Argon2Cost(65_536, 3, 1), 1, Duration.ofMillis(1), Duration.ZERO, 0));
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tries = IntStream.range(0, 20).<Future<String>>mapToObj(i -> threads.submit(() -> {
                go.await();
                return busy.hash("x");
            })).toList();
            go.countDown();
            assertThrows(java.util.concurrent.ExecutionException.class, () -> {
                for (Future<String> each : tries) {
                    each.get();
                }
            });
        }
    }

    private static PasswordSettings settings(int atOnce, Duration remembered) {
        return new PasswordSettings(new Argon2Cost(64, 1, 1), atOnce, Duration.ofSeconds(5), remembered, 100);
    }
}
