package org.postel.mailbox.dkim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.storage.StoreException;

/** Keys come, sign and go in time. */
class KeyRotationTest {

    private static final String DOMAIN = "example.test";
    private static final byte[] HASH = new byte[32];
    private static final DkimSettings SETTINGS = new DkimSettings(Duration.ofDays(180), Duration.ofDays(3), Duration.ofDays(14), true);

    private final MovingClock clock = new MovingClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final KeysInMemory store = new KeysInMemory();
    private final Set<String> published = new HashSet<>();
    private final DkimKeys keys = new DkimKeys(store, name -> name.equals(DOMAIN), clock);
    private final KeyRotation rotation = rotation(SETTINGS);

    @Test
    void aDomainHasAKeyOfEachKindWhenSomebodyAsks() {
        assertEquals(List.of("rsa20260301", "ed20260301"), signing());
        assertEquals(List.of("rsa20260301", "ed20260301"), signing());
        assertEquals(2, store.of(DOMAIN).size());
    }

    @Test
    void theNearestDomainAboveSigns() {
        assertEquals(Optional.of(DOMAIN), keys.signers("MX1.eu.Example.TEST").map(DkimKeys.Signers::domain));
        assertEquals(Optional.empty(), keys.signers("example.org"));
        assertEquals(Optional.empty(), keys.signers("notexample.test"));
        assertEquals(Optional.empty(), keys.signers("[192.0.2.1]"));
        assertEquals(Optional.empty(), keys.of("example.org"));
    }

    @Test
    void newKeysWaitUntilTheirTimeAndUntilDnsHasThem() {
        signing();
        clock.pass(Duration.ofDays(180));
        pass();
        assertEquals(List.of("rsa20260828", "ed20260828"), waiting());
        pass();
        assertEquals(2, waiting().size());
        publish("rsa20260828");
        clock.pass(Duration.ofDays(4));
        pass();
        assertEquals(List.of("rsa20260301", "ed20260301"), signing(), "one record is missing");
        publish("ed20260828");
        pass();
        assertEquals(List.of("rsa20260828", "ed20260828"), signing());
        assertEquals(Keyring.State.RETIRED, keys.of(DOMAIN).get().state(key("rsa20260301"), clock.instant()));
    }

    @Test
    void newKeysWaitTheirTimeAlsoWhenDnsHasThem() {
        signing();
        clock.pass(Duration.ofDays(1));
        rotation.rotate(DOMAIN, false);
        publish("rsa20260302", "ed20260302");
        pass();
        assertEquals(List.of("rsa20260301", "ed20260301"), signing());
        clock.pass(Duration.ofDays(3));
        pass();
        assertEquals(List.of("rsa20260302", "ed20260302"), signing());
    }

    @Test
    void oldKeysAreShownUntilTheirMailHasArrived() {
        signing();
        clock.pass(Duration.ofDays(1));
        rotation.rotate(DOMAIN, true);
        clock.pass(Duration.ofDays(14).minusSeconds(1));
        pass();
        assertEquals(Set.of("rsa20260301", "ed20260301", "rsa20260302", "ed20260302"), selectors());
        clock.pass(Duration.ofSeconds(1));
        pass();
        assertEquals(Set.of("rsa20260302", "ed20260302"), selectors());
    }

    @Test
    void anOperatorMayHaveNewKeysAtOnceAndSeveralTimesADay() {
        assertEquals(4, rotation.rotate(DOMAIN, false).get().keys().size());
        assertEquals(List.of("rsa20260301-2", "ed20260301-2"), waiting());
        assertEquals(4, rotation.rotate(DOMAIN, false).get().keys().size(), "there are new ones already");
        clock.pass(Duration.ofSeconds(1));
        rotation.rotate(DOMAIN, true);
        clock.pass(Duration.ofMinutes(1));
        assertEquals(Set.of("rsa20260301-2", "ed20260301-2"), keys.of(DOMAIN).get().signing(clock.instant()).stream()
                .map(DomainKey::selector).collect(Collectors.toSet()));
        assertEquals(Optional.empty(), rotation.rotate("example.org", true));
    }

    @Test
    void aKeyThatDoesNotSignCanBeTakenOutBeforeItsTime() {
        signing();
        clock.pass(Duration.ofDays(1));
        assertFalse(rotation.remove(DOMAIN, "rsa20260301"), "it signs");
        rotation.rotate(DOMAIN, true);
        assertTrue(rotation.remove(DOMAIN, "rsa20260301"));
        assertFalse(rotation.remove(DOMAIN, "rsa20260301"), "it is gone");
        assertFalse(rotation.remove("example.org", "rsa20260301"));
        assertEquals(Set.of("ed20260301", "rsa20260302", "ed20260302"), selectors());
    }

    @Test
    void withoutAnAgeKeysAreNeverChangedByThemselves() {
        signing();
        clock.pass(Duration.ofDays(10_000));
        rotation(new DkimSettings(Duration.ZERO, Duration.ofDays(3), Duration.ofDays(14), true)).pass(() -> true);
        assertEquals(List.of(), waiting());
    }

    @Test
    void whoLostTheLeaseChangesNothing() {
        signing();
        clock.pass(Duration.ofDays(200));
        rotation.pass(() -> false);
        assertEquals(List.of(), waiting());
    }

    @Test
    void aKeyOfAnotherInstanceSignsHereAndOneThatIsGoneDoesNot() {
        DkimKeys elsewhere = new DkimKeys(store, name -> name.equals(DOMAIN), clock);
        keys.signers(DOMAIN);
        clock.pass(Duration.ofDays(1));
        elsewhere.prepare(DOMAIN);
        assertArrayEquals(key("ed20260302").pair().sign(HASH), keys.sign(DOMAIN, "ed20260302", HASH));
        elsewhere.forget("EXAMPLE.test");
        assertEquals(List.of(), store.of(DOMAIN));
        assertThrows(StoreException.class, () -> elsewhere.sign(DOMAIN, "ed20260302", HASH));
    }

    private KeyRotation rotation(DkimSettings settings) {
        return new KeyRotation(keys, () -> List.of(DOMAIN), (name, text) -> published.contains(name + " " + text), settings, clock);
    }

    private void pass() {
        rotation.pass(() -> true);
    }

    private void publish(String... selectors) {
        for (String selector : selectors) {
            assertTrue(published.add(selector + "._domainkey.example.test " + key(selector).record()));
        }
    }

    private DomainKey key(String selector) {
        return store.of(DOMAIN).stream().filter(key -> key.selector().equals(selector)).findFirst().orElseThrow();
    }

    private List<String> signing() {
        return keys.signers("example.test").get().keys().stream().map(DomainKey::selector).toList();
    }

    private List<String> waiting() {
        return keys.of(DOMAIN).get().waiting().stream().map(DomainKey::selector).toList();
    }

    private Set<String> selectors() {
        return store.of(DOMAIN).stream().map(DomainKey::selector).collect(Collectors.toSet());
    }
}
