package org.postel.mailbox.password;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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

    /** SAFETY rows 22 and 23, told by the time of the processor, which no neighbour disturbs. */
    @Test
    void nobodyTakesAsLongAsAWrongPassword() {
        Passwords costly = new Passwords(new PasswordSettings(new Argon2Cost(8_192, 2, 1), 4, Duration.ofSeconds(5), Duration.ZERO, 0));
        Optional<String> hash = Optional.of(costly.hash("secret"));
        long wrong = least(() -> assertFalse(costly.matches(hash, "wrong")));
        long nobody = least(() -> assertFalse(costly.matches(Optional.empty(), "wrong")));
        assertTrue(nobody > wrong / 2 && wrong > nobody / 2, nobody + " ns for nobody and " + wrong + " ns for somebody");
    }

    private static long least(Runnable check) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return LongStream.range(0, 10).map(time -> {
            long before = threads.getCurrentThreadCpuTime();
            check.run();
            return threads.getCurrentThreadCpuTime() - before;
        }).min().orElseThrow();
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
