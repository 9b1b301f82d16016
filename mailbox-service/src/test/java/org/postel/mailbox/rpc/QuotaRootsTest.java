package org.postel.mailbox.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.mailbox.api.v1.AccountQuota;
import org.postel.mailbox.api.v1.QuotaRequest;
import org.postel.mailbox.api.v1.SetQuotaRequest;
import org.postel.mailbox.audit.AuditEntry;
import org.postel.mailbox.audit.AuditInMemory;
import org.postel.mailbox.authority.AuthorityFixture;
import org.postel.mailbox.authority.Role;
import org.postel.mailbox.directory.AccountAddresses;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.identity.AccountSession;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.storage.Quota;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/** Who sets whose quota: RFC 9208 §4.1.3, SAFETY row 36. */
class QuotaRootsTest {

    private final AuthorityFixture authority = new AuthorityFixture(Duration.ZERO, Clock.systemUTC());
    private final AuditInMemory audit = new AuditInMemory();
    private final Map<UUID, Quota> limits = new HashMap<>();
    private final QuotaRoots roots = new QuotaRoots(new Limits(), new AccountAddresses(authority.store, authority.directory.addresses),
            authority.administrators, audit);
    private UUID alice;
    private UUID global;
    private UUID ofDomain;

    private final class Limits extends UnlimitedQuotas {

        @Override
        public Quota limits(UUID account) {
            return limits.getOrDefault(account, Quota.UNLIMITED);
        }

        @Override
        public Quota.Held held(UUID account) {
            return new Quota.Held(3, 1);
        }

        @Override
        public void limit(UUID account, Quota quota) {
            limits.put(account, quota);
        }
    }

    @BeforeEach
    void accounts() throws DirectoryException {
        alice = authority.directory.administration.addAccount("alice@example.test", "secret").id();
        authority.directory.administration.addAccount("bob@example.org", "secret");
        global = authority.administrator("global@example.test", Role.GLOBAL);
        ofDomain = authority.administrator("domain@example.test", Role.of(Set.of("example.test")));
    }

    @Test
    void anAdministratorSetsWhatIsNamedAndNothingElse() {
        AccountQuota set = roots.set(session(ofDomain), SetQuotaRequest.newBuilder().setAddress("Alice@example.test").setMostBytes(9).setMostMessages(2).build());
        assertEquals(AccountQuota.newBuilder().setBytes(3).setMessages(1).setMostBytes(9).setMostMessages(2).build(), set);
        roots.set(session(ofDomain), SetQuotaRequest.newBuilder().setAddress("alice@example.test").setMostMessages(5).build());
        assertEquals(new Quota(OptionalLong.empty(), OptionalLong.of(5)), limits.get(alice));
        assertEquals(5, roots.quota(session(ofDomain), QuotaRequest.newBuilder().setAddress("alice@example.test").build()).getMostMessages());
    }

    @Test
    void whatIsSetIsInTheAuditLog() {
        roots.set(session(global), SetQuotaRequest.newBuilder().setAddress("bob@example.org").setMostBytes(9).build());
        List<AuditEntry> entries = audit.entries;
        assertEquals("global@example.test 192.0.2.1 account.quota bob@example.org bytes 9, messages none done", entries.getFirst().act().who() + " "
                + entries.getFirst().act().from() + " " + entries.getFirst().act().what() + " " + entries.getFirst().act().on() + " "
                + entries.getFirst().act().detail() + " " + entries.getFirst().outcome());
    }

    @ParameterizedTest
    @CsvSource({"alice, alice@example.test, FORBIDDEN", "alice, '', FORBIDDEN", "alice, bob@example.org, FORBIDDEN", "ofDomain, bob@example.org, FORBIDDEN",
        "ofDomain, global@example.test, FORBIDDEN", "ofDomain, '', FORBIDDEN", "ofDomain, nobody@example.test, NOT_FOUND", "ofDomain, nonsense, FORBIDDEN",
        "global, nobody@example.org, NOT_FOUND"})
    void everybodyElseSetsNothing(String who, String address, Problem problem) {
        SetQuotaRequest request = SetQuotaRequest.newBuilder().setAddress(address).setMostBytes(9).build();
        assertEquals(problem, assertThrows(StoreException.class, () -> roots.set(named(who), request)).problem());
        assertEquals(Map.of(), limits);
        assertEquals(List.of(), audit.entries);
    }

    @Test
    void aProgramWithAnAppPasswordAdministersNothing() {
        AccountSession app = new AccountSession(global, SessionProtocol.IMAP, 1, Optional.of("abcd"));
        SetQuotaRequest request = SetQuotaRequest.newBuilder().setAddress("alice@example.test").build();
        assertEquals(Problem.FORBIDDEN, assertThrows(StoreException.class, () -> roots.set(app, request)).problem());
    }

    /** What is not within reach is as if it were not there: SAFETY row 23. */
    @ParameterizedTest
    @CsvSource({"alice, bob@example.org", "alice, alice@example.test", "ofDomain, bob@example.org", "ofDomain, nobody@example.test", "global, x"})
    void whoMayNotLookFindsNothing(String who, String address) {
        QuotaRequest request = QuotaRequest.newBuilder().setAddress(address).build();
        assertEquals(Problem.NOT_FOUND, assertThrows(StoreException.class, () -> roots.quota(named(who), request)).problem());
    }

    @Test
    void everybodySeesTheOwnRoot() {
        limits.put(alice, new Quota(OptionalLong.of(7), OptionalLong.empty()));
        assertEquals(AccountQuota.newBuilder().setBytes(3).setMessages(1).setMostBytes(7).build(), roots.quota(session(alice), QuotaRequest.getDefaultInstance()));
    }

    private AccountSession named(String who) {
        return session(Map.of("alice", alice, "global", global, "ofDomain", ofDomain).get(who));
    }

    private static AccountSession session(UUID account) {
        return new AccountSession(account, SessionProtocol.IMAP, 1, Optional.empty(),
                Optional.of(new AccountSession.Origin("s", "192.0.2.1", Instant.now())));
    }
}
