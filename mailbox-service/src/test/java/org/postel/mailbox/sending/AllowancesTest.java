package org.postel.mailbox.sending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.mailbox.sending.Allowances.Answer;
import org.postel.mailbox.sending.Limits.Amount;

class AllowancesTest {

    /** More than any limit here. */
    private static final int MOST = 100_000;

    private final SentInMemory store = new SentInMemory();
    private volatile OwnLimits own = OwnLimits.CONFIGURED;
    private final Map<String, OwnLimits> domains = new ConcurrentHashMap<>();
    private volatile Instant now = Instant.parse("2026-03-01T12:20:00Z");
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @Test
    void withoutLimitsNothingIsCounted() {
        Answer.Granted granted = granted(allowances(Limits.NONE, Limits.NONE).message("alice@example.test", 1000));
        assertEquals(new Amount(Integer.MAX_VALUE, Integer.MAX_VALUE), granted.amount());
        assertEquals(Duration.ofSeconds(1), granted.valid(), "so long a limit that is set now may wait");
        assertTrue(store.rows.isEmpty());
    }

    @Test
    void anAccountsOwnLimitTakesThePlaceOfTheConfiguredOne() {
        Allowances allowances = allowances(hour(10, 50), Limits.NONE);
        own = new OwnLimits(OptionalInt.of(3), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
        assertEquals(3, sent(allowances, "alice@example.test", 1));
        own = new OwnLimits(OptionalInt.of(0), OptionalInt.empty(), OptionalInt.of(20), OptionalInt.empty());
        assertEquals(17, sent(allowances, "alice@example.test", 1), "no limit of the hour, one of the day");
        assertEquals(new Excess(false, false, true, 20, Duration.ofMinutes(11 * 60 + 40)), refused(allowances.message("alice@example.test", 1)));
        own = new OwnLimits(OptionalInt.of(0), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
        assertEquals(new Excess(false, true, false, 50, Duration.ofMinutes(40)), refused(allowances.message("alice@example.test", 31)), "configured");
    }

    @Test
    void anAccountWithoutLimitsIsCountedOnceItHasOne() {
        Allowances allowances = allowances(Limits.NONE, new Limits(Amount.NOTHING, new Amount(10, 0)));
        own = new OwnLimits(OptionalInt.empty(), OptionalInt.of(2), OptionalInt.empty(), OptionalInt.empty());
        assertEquals(2, sent(allowances, "alice@example.test", 1));
        own = new OwnLimits(OptionalInt.of(0), OptionalInt.of(0), OptionalInt.of(0), OptionalInt.of(0));
        assertEquals(8, sent(allowances, "alice@example.test", 1), "what is its domain's holds whatever it has");
    }

    @Test
    void anAccountSendsUpToItsLimitInAnHour() {
        Allowances allowances = allowances(hour(10, 0), Limits.NONE);
        assertEquals(10, sent(allowances, "alice@example.test", 1));
        assertEquals(new Excess(false, false, false, 10, Duration.ofMinutes(40)), refused(allowances.message("alice@example.test", 1)));
        granted(allowances.message("bob@example.test", 1));
        now = now.plus(Duration.ofMinutes(40));
        granted(allowances.message("alice@example.test", 1));
    }

    /** Two pods whose clocks differ, round a full hour. */
    @Test
    void aClockThatIsBehindBeginsNoHourAgain() {
        Allowances allowances = allowances(hour(10, 0), Limits.NONE);
        Instant behind = now.plus(Duration.ofMinutes(39));
        now = now.plus(Duration.ofMinutes(41));
        assertEquals(10, sent(allowances, "alice@example.test", 1));
        now = behind;
        refused(allowances.message("alice@example.test", 1));
        now = now.plus(Duration.ofHours(2));
        granted(allowances.message("alice@example.test", 1));
    }

    @Test
    void recipientsAreCountedToo() {
        Allowances allowances = allowances(hour(0, 100), Limits.NONE);
        assertEquals(3, sent(allowances, "alice@example.test", 30));
        assertEquals(new Excess(false, true, false, 100, Duration.ofMinutes(40)), refused(allowances.message("alice@example.test", 30)));
        granted(allowances.message("bob@example.test", 30));
    }

    @Test
    void aMessageThatAloneIsTooMuchNeverGoes() {
        assertEquals(new Excess(false, true, false, 100, Duration.ZERO),
                refused(allowances(hour(0, 100), Limits.NONE).message("alice@example.test", 101)));
    }

    @Test
    void theAccountsOfADomainShareItsLimit() {
        Allowances allowances = allowances(hour(8, 0), new Limits(Amount.NOTHING, new Amount(10, 0)));
        assertEquals(8, sent(allowances, "alice@example.test", 1));
        assertEquals(2, sent(allowances, "bob@example.test", 1));
        assertEquals(new Excess(true, false, true, 10, Duration.ofMinutes(11 * 60 + 40)), refused(allowances.message("bob@example.test", 1)));
        granted(allowances.message("carol@example.org", 1));
        now = now.plus(Duration.ofHours(12));
        granted(allowances.message("bob@example.test", 1));
    }

    @Test
    void aDomainsOwnLimitTakesThePlaceOfTheConfiguredOne() {
        Allowances allowances = allowances(Limits.NONE, hour(10, 50));
        domains.put("example.test", new OwnLimits(OptionalInt.of(3), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()));
        assertEquals(3, sent(allowances, "alice@example.test", 1));
        assertEquals(new Excess(true, false, false, 3, Duration.ofMinutes(40)), refused(allowances.message("bob@example.test", 1)));
        assertEquals(10, sent(allowances, "carol@example.org", 1), "another domain's is as configured");
        domains.put("example.test", new OwnLimits(OptionalInt.of(0), OptionalInt.empty(), OptionalInt.of(20), OptionalInt.empty()));
        assertEquals(17, sent(allowances, "bob@example.test", 1), "no limit of the hour, one of the day");
        assertEquals(new Excess(true, false, true, 20, Duration.ofMinutes(11 * 60 + 40)), refused(allowances.message("alice@example.test", 1)));
        domains.put("example.test", new OwnLimits(OptionalInt.of(0), OptionalInt.of(0), OptionalInt.empty(), OptionalInt.of(100)));
        assertEquals(new Excess(true, true, true, 100, Duration.ZERO), refused(allowances.message("alice@example.test", 101)));
        domains.remove("example.test");
        assertEquals(new Excess(true, true, false, 50, Duration.ofMinutes(40)), refused(new Allowances(store, any -> own, any -> OwnLimits.CONFIGURED,
                Limits.NONE, hour(0, 50), clock).message("alice@example.test", 31)), "configured");
    }

    @Test
    void aDomainWithoutLimitsIsCountedOnceItHasOne() {
        Allowances allowances = allowances(Limits.NONE, Limits.NONE);
        assertEquals(Duration.ofSeconds(1), granted(allowances.message("alice@example.test", 1)).valid());
        domains.put("example.test", new OwnLimits(OptionalInt.empty(), OptionalInt.of(6), OptionalInt.empty(), OptionalInt.empty()));
        assertEquals(3, sent(allowances, "alice@example.test", 2));
        assertEquals(new Excess(true, true, false, 6, Duration.ofMinutes(40)), refused(allowances.message("bob@example.test", 1)));
        assertEquals(new Excess(true, true, false, 6, Duration.ZERO), refused(allowances.message("bob@example.test", 7)));
        domains.remove("example.test");
        granted(allowances.message("bob@example.test", 1));
    }

    /** Far from the limit a gateway asks once for many messages, near it for each. */
    @Test
    void someIsGrantedInAdvanceAndLessNearTheLimit() {
        Allowances allowances = allowances(hour(1000, 0), Limits.NONE);
        assertEquals(21, granted(allowances.message("alice@example.test", 1)).amount().messages());
        int calls = 1;
        for (int taken = 21; taken < 1000; calls++) {
            taken += granted(allowances.message("alice@example.test", 1)).amount().messages();
        }
        assertTrue(calls < 150, calls + " calls");
        assertInstanceOf(Answer.Refused.class, allowances.message("alice@example.test", 1));
    }

    @Test
    void nothingIsGrantedBeyondTheHour() {
        now = Instant.parse("2026-03-01T12:59:50Z");
        assertEquals(Duration.ofSeconds(10), granted(allowances(hour(1000, 0), Limits.NONE).message("alice@example.test", 1)).valid());
    }

    @Test
    void manyGatewaysAtOnceDoNotGetMore() throws Exception {
        Allowances allowances = allowances(hour(100, 0), Limits.NONE);
        List<Future<Integer>> gateways = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                gateways.add(threads.submit(() -> sent(allowances, "alice@example.test", 1)));
            }
        }
        int total = 0;
        for (Future<Integer> gateway : gateways) {
            total += gateway.get();
        }
        assertEquals(100, total);
    }

    /** Another pod grants between our look and our write. */
    @ParameterizedTest
    @CsvSource({"100, false", "99, true", "80, true"})
    void whatOthersTookMeanwhileIsNotGrantedTwice(int taken, boolean granted) {
        Sent before = Sent.NOTHING.at(now);
        SentStore contended = new SentStore() {
            private boolean first = true;

            @Override
            public Sent read(String scope) {
                return store.read(scope);
            }

            @Override
            public boolean replace(String scope, Sent read, Sent after) {
                if (first) {
                    first = false;
                    store.rows.put(scope, before.plus(new Amount(taken, taken)));
                }
                return store.replace(scope, read, after);
            }
        };
        Answer answer = new Allowances(contended, any -> OwnLimits.CONFIGURED, any -> OwnLimits.CONFIGURED, hour(100, 0), Limits.NONE, clock).message("alice@example.test", 1);
        int got = answer instanceof Answer.Granted(Amount amount, Duration valid) ? amount.messages() : 0;
        assertTrue(got <= 100 - taken, got + " of " + (100 - taken));
        assertEquals(granted, got > 0);
    }

    /** Messages until a refusal, used as a gateway does; where nothing is limited, as many as are granted at once. */
    private static int sent(Allowances allowances, String account, int recipients) {
        int messages = 0;
        while (messages < MOST && allowances.message(account, recipients) instanceof Answer.Granted(Amount amount, Duration valid)) {
            messages += Math.min(amount.messages(), amount.recipients() / recipients);
        }
        return messages;
    }

    private Allowances allowances(Limits account, Limits domain) {
        return new Allowances(store, any -> own, name -> domains.getOrDefault(name, OwnLimits.CONFIGURED), account, domain, clock);
    }

    private static Limits hour(int messages, int recipients) {
        return new Limits(new Amount(messages, recipients), Amount.NOTHING);
    }

    private static Answer.Granted granted(Answer answer) {
        return assertInstanceOf(Answer.Granted.class, answer);
    }

    private static Excess refused(Answer answer) {
        return assertInstanceOf(Answer.Refused.class, answer).excess();
    }
}
