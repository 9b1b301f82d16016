package org.postel.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LimitsTest {

    @Test
    void aBudgetThatIsUsedUpMakesTheNextWaitUntilSomeIsGivenBack() throws Exception {
        ByteBudget budget = new ByteBudget(100);
        assertTrue(budget.acquire(80, Duration.ZERO));
        assertFalse(budget.acquire(21, Duration.ofMillis(1)));
        CompletableFuture<Boolean> waiting = new CompletableFuture<>();
        Thread.startVirtualThread(() -> waiting.complete(budget.acquire(30, Duration.ofSeconds(10))));
        budget.release(80);
        assertTrue(waiting.get());
        assertEquals(70, budget.available());
        assertThrows(IllegalArgumentException.class, () -> budget.acquire(101, Duration.ZERO));
    }

    // SAFETY row 19
    @Test
    void aBurstOfCommandsIsServedAtOnceAndTheRestIsSlowedDown() {
        CommandRate rate = new CommandRate(1, 10);
        for (int i = 0; i < 10; i++) {
            assertEquals(Duration.ZERO, rate.count());
        }
        assertTrue(rate.count().toMillis() > 500);
        assertTrue(rate.count().toMillis() > 1500);
    }

    @Test
    void oneMistakeTooManyExceedsTheLimit() {
        ErrorLimit limit = new ErrorLimit(2);
        assertFalse(limit.exceeded());
        assertFalse(limit.exceeded());
        assertTrue(limit.exceeded());
    }

    @Test
    void addressesOfOneIpv6NetworkAreCountedTogether() throws Exception {
        ConnectionLimits limits = new ConnectionLimits(10, 1);
        assertTrue(limits.admit(InetAddress.getByName("2001:db8:0:1::1")));
        assertFalse(limits.admit(InetAddress.getByName("2001:db8:0:1:ffff::2")));
        assertTrue(limits.admit(InetAddress.getByName("2001:db8:0:2::1")));
        limits.release(InetAddress.getByName("2001:db8:0:1::1"));
        assertTrue(limits.admit(InetAddress.getByName("2001:db8:0:1:ffff::2")));
    }
}
