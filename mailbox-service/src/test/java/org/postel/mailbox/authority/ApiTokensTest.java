package org.postel.mailbox.authority;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.authority.ApiTokens.Made;
import org.postel.mailbox.authority.ApiTokens.Wish;
import org.postel.mailbox.directory.AccountStatus;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.identity.InvalidTokenException;
import org.postel.mailbox.storage.StoreException;

class ApiTokensTest {

    private static final Authority OPERATOR = Authority.operator("launcher");
    private static final Set<String> OURS = Set.of("example.test");

    private Instant now = Instant.now();
    private final InstantSource moving = () -> now;
    private final AuthorityFixture fixture = new AuthorityFixture(Duration.ZERO, moving.withZone(ZoneOffset.UTC));
    private final ApiTokens tokens = fixture.tokens;

    @Test
    void aTokenIsGoodForWhatItWasMadeFor() throws DirectoryException, InvalidTokenException {
        Made made = tokens.make(OPERATOR, wish(Set.of(Scope.ACCOUNTS_READ), Optional.of(OURS), Optional.empty(), 30));
        Authority authority = tokens.authority(made.text());
        assertEquals(Set.of(Scope.ACCOUNTS_READ), authority.scopes());
        assertEquals(Optional.of(OURS), authority.domains());
        assertTrue(authority.name().contains(made.token().id()) && authority.name().contains("ci"), authority.name());
        assertTrue(tokens.isOne(made.text()));
        assertEquals(List.of(made.token()), tokens.list());
        assertFalse(made.toString().contains(made.text()));
    }

    @Test
    void whatEndedOrWasRevokedOpensNothing() throws DirectoryException, InvalidTokenException {
        Made made = tokens.make(OPERATOR, wish(Set.of(Scope.QUEUE_READ), Optional.empty(), Optional.empty(), 1));
        now = now.plus(Duration.ofHours(23));
        assertTrue(tokens.authority(made.text()).everywhere());
        now = now.plus(Duration.ofHours(2));
        assertThrows(InvalidTokenException.class, () -> tokens.authority(made.text()));
        Made second = tokens.make(OPERATOR, wish(Set.of(Scope.QUEUE_READ), Optional.empty(), Optional.empty(), 1));
        tokens.revoke(second.token().id());
        assertThrows(InvalidTokenException.class, () -> tokens.authority(second.text()));
        assertEquals(Fault.MISSING, assertThrows(DirectoryException.class, () -> tokens.revoke(second.token().id())).fault());
    }

    /** On another pod, that is one which does not hear of it. */
    @Test
    void aRevocationIsKnownOnAllPodsOnceWhatTheyKnowIsTooOld() throws Exception {
        AuthorityFixture pod = new AuthorityFixture(Duration.ofMillis(50), Clock.systemUTC());
        String text = pod.token(Set.of(Scope.QUEUE_READ));
        assertTrue(pod.tokens.authority(text).may(Scope.QUEUE_READ));
        pod.kept.remove(pod.kept.all().getFirst().id());
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (opens(pod.tokens, text)) {
            assertTrue(System.nanoTime() < end, "the token is still good");
            Thread.onSpinWait();
        }
    }

    private static boolean opens(ApiTokens tokens, String text) {
        try {
            tokens.authority(text);
            return true;
        } catch (InvalidTokenException e) {
            return false;
        }
    }

    @Test
    void aTokenOfAnAccountIsWorthWhatTheAccountIsNow() throws DirectoryException, InvalidTokenException {
        UUID alice = fixture.administrator("alice@example.test", Role.of(Set.of("example.test", "example.org")));
        Made made = tokens.make(OPERATOR, wish(EnumSet.of(Scope.ACCOUNTS_READ, Scope.QUEUE_READ), Optional.of(Set.of("example.test", "example.net")),
                Optional.of(alice), 30));
        assertEquals(Optional.of(OURS), tokens.authority(made.text()).domains());
        fixture.administrators.appoint(alice, Optional.of(Role.of(Set.of("example.org"))));
        assertEquals(Optional.of(Set.of()), tokens.authority(made.text()).domains());
        fixture.administrators.appoint(alice, Optional.of(Role.GLOBAL));
        assertEquals(Optional.of(Set.of("example.test", "example.net")), tokens.authority(made.text()).domains());
        fixture.directory.administration.change("alice@example.test", before -> before.settings().withStatus(AccountStatus.DISABLED));
        assertThrows(InvalidTokenException.class, () -> tokens.authority(made.text()));
        fixture.directory.administration.change("alice@example.test", before -> before.settings().withStatus(AccountStatus.ACTIVE));
        fixture.administrators.appoint(alice, Optional.empty());
        assertThrows(InvalidTokenException.class, () -> tokens.authority(made.text()));
    }

    /** What an account makes stays its own, so it ends with its role. */
    @Test
    void anAccountMakesTokensOfItsOwnOnly() throws DirectoryException {
        UUID alice = fixture.administrator("alice@example.test", Role.GLOBAL);
        Authority maker = fixture.administrators.authority(alice).orElseThrow();
        Made made = tokens.make(maker, wish(Set.of(Scope.QUEUE_READ), Optional.empty(), Optional.empty(), 1));
        assertEquals(Optional.of(alice), made.token().account());
        fixture.administrators.appoint(alice, Optional.empty());
        assertThrows(InvalidTokenException.class, () -> tokens.authority(made.text()));
    }

    @Test
    void whoAdministersDomainsMakesNoAdministrators() throws DirectoryException {
        UUID alice = fixture.administrator("alice@example.test", Role.of(OURS));
        assertFalse(fixture.administrators.authority(alice).orElseThrow().may(Scope.ADMINISTRATORS));
    }

    @Test
    void nonsenseIsRefused() {
        refused(wish(Set.of(), Optional.empty(), Optional.empty(), 1));
        refused(wish(Set.of(Scope.ADMINISTRATORS), Optional.empty(), Optional.empty(), 1));
        refused(wish(Set.of(Scope.QUEUE_READ), Optional.of(Set.of()), Optional.empty(), 1));
        refused(wish(Set.of(Scope.QUEUE_READ), Optional.empty(), Optional.empty(), 0));
        refused(wish(Set.of(Scope.QUEUE_READ), Optional.empty(), Optional.empty(), 367));
        refused(new Wish("a\nb", Set.of(Scope.QUEUE_READ), Optional.empty(), Optional.empty(), 1));
    }

    private void refused(Wish wish) {
        assertEquals(Fault.INVALID, assertThrows(DirectoryException.class, () -> tokens.make(OPERATOR, wish)).fault());
        assertEquals(List.of(), tokens.list());
    }

    @Test
    void whatIsForgedOpensNothing() throws DirectoryException {
        String text = tokens.make(OPERATOR, wish(Set.of(Scope.QUEUE_READ), Optional.empty(), Optional.empty(), 1)).text();
        String[] parts = text.split("\\.");
        String none = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes());
        for (String forged : List.of(none + "." + parts[1] + ".", parts[0] + "." + parts[1] + ".AAAA", parts[0] + "." + parts[1], "", "x.y.z")) {
            assertThrows(InvalidTokenException.class, () -> tokens.authority(forged), forged);
        }
        assertFalse(tokens.isOne(none + "." + parts[1] + "."));
    }

    /** An outage lets nobody in, and is told as one. */
    @Test
    void whileNobodyCanSayNobodyIsLetIn() throws DirectoryException {
        UUID alice = fixture.administrator("alice@example.test", Role.GLOBAL);
        String text = tokens.make(OPERATOR, wish(Set.of(Scope.QUEUE_READ), Optional.empty(), Optional.of(alice), 1)).text();
        fixture.store.setAway(true);
        assertThrows(StoreException.class, () -> tokens.authority(text));
    }

    private static Wish wish(Set<Scope> scopes, Optional<Set<String>> domains, Optional<UUID> account, int days) {
        return new Wish("ci", scopes, domains, account, days);
    }
}
