package org.postel.mailbox.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.ws.rs.core.Response;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mailbox.authority.Authority;
import org.postel.mailbox.directory.Authentication.Credentials;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.directory.DirectoryFixture;
import org.postel.mailbox.directory.DirectoryInMemory;
import org.postel.mailbox.directory.Forwarding;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.storage.Quota;

class AccountsResourceTest {

    private static final String ALICE = "alice@example.test";

    private final DirectoryFixture directory = new DirectoryFixture(new DirectoryInMemory(), Optional.empty());
    private final AccountsResource accounts = new AccountsResource(directory.administration, directory.grace, ZoneOffset.UTC);

    @BeforeEach
    void addAlice() throws DirectoryException {
        directory.administration.addAccount(ALICE, "secret");
    }

    @Test
    void aPatchChangesWhatItNames() throws DirectoryException {
        assertEquals("{imap=true, pop3=true, submission=true}", view(accounts.one(ALICE)).protocols().toString());
        patch("{\"protocols\":{\"pop3\":false}}");
        patch("{\"status\":\"disabled\"}");
        assertEquals("{imap=true, pop3=false, submission=true}", view(accounts.one(ALICE)).protocols().toString());
        assertEquals("disabled", view(accounts.one(ALICE)).status());
        assertEquals("active", patch("{\"status\":\"active\",\"protocols\":{\"pop3\":true,\"imap\":false}}").status());
    }

    @Test
    void forwardingIsMergedAndTakenAway() throws DirectoryException {
        assertEquals(new Forwarding(List.of("b@example.org"), true), patch("{\"forwarding\":{\"targets\":[\"b@example.org\"]}}").forwarding());
        assertEquals(new Forwarding(List.of("b@example.org"), false), patch("{\"forwarding\":{\"keep\":false}}").forwarding());
        patch("{\"status\":\"disabled\"}");
        assertEquals(new Forwarding(List.of("c@example.org"), false), patch("{\"forwarding\":{\"targets\":[\"c@example.org\"]}}").forwarding());
        assertEquals(null, patch("{\"forwarding\":null}").forwarding());
    }

    @Test
    void aVacationIsMergedAndTakenAway() throws DirectoryException {
        assertEquals(new VacationView(true, "away", "text\n", "2026-07-01T00:00:00Z", "2026-07-16T00:00:00Z", 7),
                patch("{\"vacation\":{\"subject\":\"away\",\"text\":\"text\\r\\n\",\"start\":\"2026-07-01\",\"end\":\"2026-07-15\"}}").vacation());
        assertEquals(new VacationView(true, "away", "text\n", null, "2026-07-15T06:00:00Z", 3),
                patch("{\"vacation\":{\"start\":null,\"end\":\"2026-07-15T08:00:00+02:00\",\"periodDays\":3}}").vacation());
        assertEquals("away", patch("{\"protocols\":{\"pop3\":false}}").vacation().subject());
        assertEquals(new VacationView(false, "away", "text\n", null, "2026-07-15T06:00:00Z", 3), patch("{\"vacation\":{\"on\":false}}").vacation());
        assertEquals(new VacationView(false, "gone", "text\n", null, "2026-07-15T06:00:00Z", 3), patch("{\"vacation\":{\"subject\":\"gone\"}}").vacation());
        assertEquals(true, patch("{\"vacation\":{\"on\":true}}").vacation().on());
        assertEquals(null, patch("{\"vacation\":null}").vacation());
        assertEquals(null, patch("{\"vacation\":{\"on\":false}}").vacation(), "there is none to switch off");
    }

    @Test
    void theDaysOfAVacationAreThoseOfThePeopleServed() throws DirectoryException {
        AccountsResource paris = new AccountsResource(directory.administration, directory.grace, ZoneId.of("Europe/Paris"));
        VacationView vacation = view(paris.patch(ALICE, null, "{\"vacation\":{\"subject\":\"away\",\"text\":\"t\",\"start\":\"2026-07-01\",\"end\":\"2026-12-24\"}}")).vacation();
        assertEquals("2026-06-30T22:00:00Z to 2026-12-24T23:00:00Z", vacation.start() + " to " + vacation.end());
    }

    @Test
    void sendingLimitsAreMergedAndTakenAway() throws DirectoryException {
        assertEquals(new SendingView(null, null, null, null), view(accounts.one(ALICE)).sending());
        String seen = tag();
        assertEquals(new SendingView(100, null, null, 0), patch("{\"sending\":{\"messagesPerHour\":100,\"recipientsPerDay\":0}}").sending());
        assertNotEquals(seen, tag());
        assertEquals(new SendingView(100, 500, 1000, null), patch("{\"sending\":{\"recipientsPerHour\":500,\"messagesPerDay\":1000,\"recipientsPerDay\":null}}").sending());
        assertEquals(100, patch("{\"protocols\":{\"pop3\":false}}").sending().messagesPerHour());
        assertEquals(false, patch("{\"sending\":null}").protocols().get("pop3"));
        assertEquals(new SendingView(null, null, null, null), view(accounts.one(ALICE)).sending());
    }

    /** SAFETY row 11, and what makes no sense. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "1", "{\"subject\":\"a\"}", "{\"subject\":\"a\\r\\nBcc: x@example.org\",\"text\":\"t\"}", "{\"subject\":\"a\",\"text\":\"t\\u0000\"}",
        "{\"subject\":\"a\",\"text\":\"t\",\"periodDays\":0}", "{\"subject\":\"a\",\"text\":\"t\",\"periodDays\":61}", "{\"subject\":\"a\",\"text\":\"t\",\"start\":\"soon\"}",
        "{\"subject\":\"a\",\"text\":\"t\",\"start\":\"2026-07-02\",\"end\":\"2026-07-01\"}", "{\"subject\":\"a\",\"text\":\"t\",\"to\":\"x\"}", "{\"on\":true}", "{\"on\":\"no\"}"})
    void aVacationThatCannotBeSentIsRefused(String vacation) throws DirectoryException {
        String before = tag();
        assertEquals(Fault.INVALID, assertThrows(DirectoryException.class, () -> accounts.patch(ALICE, null, "{\"vacation\":" + vacation + "}")).fault());
        assertEquals(before, tag());
    }

    /** Whoever saw an older state changes nothing. */
    @Test
    void aChangeOfAnotherStateIsRefused() throws DirectoryException {
        String seen = tag();
        accounts.patch(ALICE, seen, "{\"protocols\":{\"imap\":false}}");
        assertNotEquals(seen, tag());
        assertEquals(Fault.CHANGED, assertThrows(DirectoryException.class, () -> accounts.patch(ALICE, seen, "{\"protocols\":{\"pop3\":false}}")).fault());
        assertEquals(true, view(accounts.one(ALICE)).protocols().get("pop3"));
        accounts.patch(ALICE, "\"x\", " + tag(), "{\"protocols\":{\"pop3\":false}}");
        accounts.patch(ALICE, "*", "{\"protocols\":{\"pop3\":true}}");
        assertEquals(412, new Problems().directory(new DirectoryException(Fault.CHANGED, "")).getStatus());
    }

    @Test
    void aQuotaThatAnotherSetMeanwhileStays() throws DirectoryException {
        String seen = accounts.quota(ALICE).getHeaderString("ETag");
        accounts.limit(ALICE, seen, new AccountsResource.NewQuota(1_000L, null));
        assertEquals(Fault.CHANGED, assertThrows(DirectoryException.class, () -> accounts.limit(ALICE, seen, new AccountsResource.NewQuota(null, 5L))).fault());
        assertEquals(new AccountsResource.QuotaView(1_000L, null, 3_000_000, 12), accounts.quota(ALICE).getEntity());
        accounts.limit(ALICE, accounts.quota(ALICE).getHeaderString("ETag"), new AccountsResource.NewQuota(1_000L, 5L));
        accounts.limit(ALICE, null, new AccountsResource.NewQuota(2_000L, 5L));
        assertEquals(new AccountsResource.QuotaView(2_000L, 5L, 3_000_000, 12), accounts.quota(ALICE).getEntity());
    }

    @Test
    void aQuotaThatAnotherInstanceSetIsSeenAtOnce() throws DirectoryException {
        accounts.limit(ALICE, null, new AccountsResource.NewQuota(1_000L, null));
        String seen = accounts.quota(ALICE).getHeaderString("ETag");
        directory.quotas.put(directory.administration.account(ALICE).id(), new Quota(OptionalLong.of(2_000), OptionalLong.empty()));
        assertEquals(Fault.CHANGED, assertThrows(DirectoryException.class, () -> accounts.limit(ALICE, seen, new AccountsResource.NewQuota(3_000L, null))).fault());
        assertEquals(new AccountsResource.QuotaView(2_000L, null, 3_000_000, 12), accounts.quota(ALICE).getEntity());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"address\":\"b@example.test\"}", "{\"password\":\"x\"}", "{\"status\":\"gone\"}", "{\"status\":null}",
        "{\"protocols\":{\"ftp\":true}}", "{\"protocols\":{\"imap\":\"off\"}}", "{\"protocols\":null}",
        "{\"sending\":{\"messagesPerHour\":-1}}", "{\"sending\":{\"messagesPerDay\":\"1\"}}", "{\"sending\":{\"recipientsPerDay\":4294967296}}", "{\"sending\":{\"day\":1}}",
        "{\"sending\":1}", "{\"forwarding\":{}}", "{\"forwarding\":{\"keep\":false}}", "{\"forwarding\":[]}", "{\"forwarding\":{\"targets\":\"b@example.org\"}}",
        "{\"forwarding\":{\"targets\":[1]}}", "{\"forwarding\":{\"to\":[\"b@example.org\"]}}", "{\"forwarding\":{\"targets\":[\"alice@example.test\"]}}"})
    void nonsenseIsRefusedAndChangesNothing(String body) throws DirectoryException {
        String before = tag();
        assertEquals(Fault.INVALID, assertThrows(DirectoryException.class, () -> accounts.patch(ALICE, null, body)).fault());
        assertEquals(before, tag());
    }

    /** Of accounts that come from elsewhere only the hash may be known. */
    @Test
    void anAccountIsMadeWithAHash() throws DirectoryException {
        String hash = directory.administration.account(ALICE).password();
        Acting operator = new Acting(Authority.operator("launcher"));
        accounts.add(operator, new AccountsResource.NewAccount("bob@example.test", null, hash));
        assertInstanceOf(Outcome.Granted.class, directory.authentication.authenticate(SessionProtocol.IMAP, new Credentials("", "bob@example.test", "secret", "192.0.2.1")));
        String costly = hash.replaceAll("m=\\d+", "m=9999999");
        for (AccountsResource.NewAccount wrong : List.of(new AccountsResource.NewAccount("c@example.test", null, null),
                new AccountsResource.NewAccount("c@example.test", "secret", hash), new AccountsResource.NewAccount("c@example.test", null, "secret"),
                new AccountsResource.NewAccount("c@example.test", null, costly), new AccountsResource.NewAccount("c@example.test", null, ""))) {
            assertEquals(Fault.INVALID, assertThrows(DirectoryException.class, () -> accounts.add(operator, wrong)).fault());
        }
        assertFalse(new AccountsResource.NewAccount("c@example.test", "secret", hash).toString().contains("secret"));
    }

    @Test
    void whoIsNotThereIsMissing() {
        assertEquals(Fault.MISSING, assertThrows(DirectoryException.class, () -> accounts.one("bob@example.test")).fault());
        assertEquals(Fault.MISSING, assertThrows(DirectoryException.class, () -> accounts.patch("bob@example.test", null, "{}")).fault());
    }

    private String tag() throws DirectoryException {
        return accounts.one(ALICE).getHeaderString("ETag");
    }

    private AccountView patch(String body) throws DirectoryException {
        return view(accounts.patch(ALICE, null, body));
    }

    private static AccountView view(Response response) {
        return (AccountView) response.getEntity();
    }
}
