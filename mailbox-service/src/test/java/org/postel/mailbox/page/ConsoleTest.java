package org.postel.mailbox.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.authority.ApiToken;
import org.postel.mailbox.authority.Role;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.AccountStatus;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.Vacation;
import org.postel.mailbox.identity.InvalidTokenException;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.sending.OwnLimits;
import org.postel.mailbox.storage.Quota;

/** The console as a browser meets it. */
class ConsoleTest extends ConsoleFixture {

    private static final List<String> PAGES = List.of("/admin", "/admin/domains", "/admin/domain?name=example.test", "/admin/accounts",
            "/admin/account?address=alice@example.test", "/admin/aliases", "/admin/aliases/one?address=all@example.test", "/admin/queue", "/admin/dead", "/admin/message?id=x@y", "/admin/audit",
            "/admin/account/vacation?address=alice@example.test", "/admin/account/app-passwords?address=alice@example.test", "/admin/domain/dkim?name=example.test", "/admin/tokens");

    @Test
    void whoAdministersNothingFindsNoConsole() throws Exception {
        assertFalse(signIn("alice@example.test").html().contains("/admin"));
        for (String page : PAGES) {
            assertEquals(404, browser.get(page).status(), page);
        }
        String token = browser.get("/account").html().replaceAll("(?s).*name=\"form-token\" value=\"([^\"]*)\".*", "$1");
        assertEquals(404, browser.post("/admin/accounts/add", Map.of("form-token", token, "address", "x@example.test", "password", "x")).status());
        assertEquals(List.of(), log.entries);
        browser.cookies.clear();
        assertTrue(browser.get("/admin").path().startsWith("/sign-in"));
    }

    @Test
    void everyPageIsThereInBothLanguages() throws Exception {
        assertTrue(signIn("root@example.test").html().contains("href=\"/admin\""));
        for (String page : PAGES) {
            for (String language : List.of("en", "fr")) {
                Browser.Seen seen = browser.get(page + (page.contains("?") ? "&" : "?") + "lang=" + language);
                assertEquals(200, seen.status(), page);
                assertTrue(seen.html().contains("lang=\"" + language + "\"") && seen.has("console"), page);
            }
        }
        Browser.Seen dashboard = browser.get("/admin?lang=en");
        assertEquals("0", dashboard.text("count-deferred"));
        assertTrue(dashboard.text("flowing").startsWith("The queue (Kafka) does not answer"), dashboard.html());
        assertTrue(browser.get("/admin/domain?name=example.test&check=yes&lang=en").text("records").contains("no answer"));
    }

    @Test
    void aGlobalAdministratorDoesWhatTheApiDoes() throws Exception {
        signIn("root@example.test");
        browser.get("/admin/domains?lang=en");
        assertEquals("new.test", browser.submit("add", Map.of("name", "New.test")).text("domain"));
        browser.get("/admin/accounts");
        Browser.Seen page = browser.submit("add", Map.of("address", "dave@new.test", "password", "topsecret"));
        assertEquals("dave@new.test", page.text("address"));
        assertEquals("Done.", page.text("said"));
        browser.submit("protocols", Map.of("pop3", Browser.UNTICKED));
        browser.submit("quota", Map.of("bytes", "1000", "messages", ""));
        browser.submit("sending", Map.of("messages-per-hour", "0", "recipients-per-day", " 900 "));
        browser.submit("password-form", Map.of("password", "topsecret2"));
        page = browser.submit("status", Map.of());
        assertTrue(page.text("state").startsWith("Suspended"), page.text("state"));
        assertEquals(AccountStatus.DISABLED, directory.administration.account("dave@new.test").status());
        assertEquals(Set.of(SessionProtocol.IMAP, SessionProtocol.SUBMISSION), directory.administration.account("dave@new.test").protocols());
        assertEquals(new OwnLimits(OptionalInt.of(0), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(900)),
                directory.administration.account("dave@new.test").settings().sending());
        assertEquals(1_000, directory.administration.quota("dave@new.test").limits().bytes().orElseThrow());
        assertEquals(Quota.UNLIMITED.messages(), directory.administration.quota("dave@new.test").limits().messages());
        browser.submit("status", Map.of());
        assertEquals("Active", browser.submit("role-form", Map.of("role", "domains", "domains", "new.test, other.test")).text("state"));
        assertEquals(Optional.of(Role.of(Set.of("new.test", "other.test"))), administrators.role(directory.administration.account("dave@new.test").id()));
        page = browser.submit("delete", Map.of());
        assertTrue(page.has("restore") && !page.has("protocols"));
        assertEquals("Active", browser.submit("restore", Map.of()).text("state"));
        browser.get("/admin/aliases");
        page = browser.submit("add", Map.of("address", "@new.test", "targets", "dave@new.test\nx@other.test"));
        assertEquals("@new.test", page.text("alias-2"));
        assertFalse(browser.submit("remove-2", Map.of()).has("alias-2"));
        assertEquals(List.of("domain.add", "account.add", "account.protocols", "account.quota", "account.sending", "account.password", "account.status", "account.status", "role.give",
                "account.remove", "account.restore", "alias.add", "alias.remove"), log.entries.stream().map(entry -> entry.act().what()).toList());
        assertTrue(log.entries.stream().allMatch(entry -> entry.outcome().equals("done") && entry.act().who().equals("root@example.test")
                && entry.act().from().equals("127.0.0.1")));
        assertFalse(log.entries.toString().contains("topsecret"));
        assertTrue(browser.get("/admin/audit").text("acts").contains("bytes=1000"));
    }

    @Test
    void whatCannotBeDoneIsSaidAndWrittenDown() throws Exception {
        signIn("root@example.test");
        browser.get("/admin/accounts?lang=en");
        Browser.Seen page = browser.submit("add", Map.of("address", "bob@other.test", "password", "x"));
        assertEquals("That is there already.", page.text("wrong"));
        assertEquals(422, page.status());
        page = browser.submit("add", Map.of("address", "<nonsense", "password", "topsecret"));
        assertTrue(page.text("wrong").startsWith("That makes no sense"));
        assertTrue(page.html().contains("value=\"&lt;nonsense\"") && !page.html().contains("topsecret"));
        browser.get("/admin/aliases");
        page = browser.submit("add", Map.of("address", "info@other.test", "targets", "bob@other.test\nnonsense"));
        assertTrue(page.has("wrong") && page.html().contains(">bob@other.test\nnonsense</textarea>"), page.html());
        browser.get("/admin/domains");
        assertTrue(browser.submit("add", Map.of("name", "a b")).html().contains("value=\"a b\""));
        browser.get("/admin/domain?name=other.test");
        assertTrue(browser.submit("remove", Map.of()).text("said").startsWith("That cannot be done now"));
        browser.get("/admin/account?address=bob@other.test");
        for (String limit : List.of("-1", "many", "4294967296")) {
            assertTrue(browser.submit("sending", Map.of("messages-per-day", limit)).text("said").startsWith("That makes no sense"), limit);
        }
        assertTrue(log.entries.stream().noneMatch(entry -> entry.outcome().equals("done")), log.entries.toString());
        browser.get("/admin/accounts");
        log.setAway();
        assertEquals(503, browser.submit("add", Map.of("address", "dave@example.test", "password", "x")).status());
        assertThrows(DirectoryException.class, () -> directory.administration.account("dave@example.test"));
    }

    // SAFETY row 23
    @Test
    void aDomainsAdministratorReachesItsDomainOnly() throws Exception {
        signIn("carol@other.test");
        assertFalse(browser.get("/admin/accounts").html().contains("example.test"));
        assertFalse(browser.get("/admin/domains").html().contains("example.test"));
        assertFalse(browser.get("/admin/domains").has("add"));
        assertEquals(404, browser.get("/admin/account?address=alice@example.test").status());
        assertEquals(404, browser.get("/admin/domain?name=example.test").status());
        Browser.Seen page = browser.get("/admin/account?address=carol@other.test&lang=en");
        assertTrue(page.has("protected") && !page.has("password-form") && !page.has("role-form"));
        page = browser.get("/admin/account?address=bob@other.test");
        assertTrue(page.has("password-form") && !page.has("role-form"));
        // As if the form were about others.
        assertEquals(404, browser.submit("password-form", Map.of("address", "alice@example.test", "password", "x")).status());
        browser.get("/admin/account?address=bob@other.test");
        assertEquals("You may not do that.", browser.submit("password-form", Map.of("address", "carol@other.test", "password", "x")).text("said"));
        browser.get("/admin/accounts");
        assertEquals("You may not do that.", browser.submit("add", Map.of("address", "x@example.test", "password", "x")).text("wrong"));
        assertTrue(directory.passwords.matches(Optional.of(directory.administration.account("alice@example.test").password()), "secret"));
        browser.get("/admin/account?address=bob@other.test");
        assertEquals("Done.", browser.submit("password-form", Map.of("password", "changed")).text("said"));
        assertTrue(directory.passwords.matches(Optional.of(directory.administration.account("bob@other.test").password()), "changed"));
    }

    @Test
    void theSendingLimitsOfADomainAreSetByWhoAdministersAll() throws Exception {
        signIn("root@example.test");
        Browser.Seen page = browser.get("/admin/domain?name=other.test&lang=en");
        assertTrue(page.text("limits").contains("Recipients in an hour (configured: 7000)"), page.html());
        page = browser.submit("sending", Map.of("messages-per-hour", "0", "recipients-per-day", " 900 "));
        assertEquals("Done.", page.text("said"));
        OwnLimits set = new OwnLimits(OptionalInt.of(0), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(900));
        assertEquals(set, directory.administration.domain("other.test").sending());
        for (String limit : List.of("-1", "many", "4294967296")) {
            assertTrue(browser.submit("sending", Map.of("messages-per-day", limit)).text("said").startsWith("That makes no sense"), limit);
        }
        assertTrue(log.entries.getFirst().act().detail().contains("recipients-per-day= 900"), log.entries.toString());
        Map<String, String> lifted = new HashMap<>(Map.of("name", "other.test", "seen", "0///900", "messages-per-hour", "", "recipients-per-hour", "", "messages-per-day", "",
                "recipients-per-day", ""));
        browser.cookies.clear();
        signIn("carol@other.test");
        page = browser.get("/admin/domain?name=other.test&lang=en");
        assertTrue(page.has("limited") && !page.has("sending") && page.html().contains("value=\"900\""), page.html());
        lifted.put("form-token", page.html().replaceAll("(?s).*name=\"form-token\" value=\"([^\"]*)\".*", "$1"));
        assertEquals("You may not do that.", browser.post("/admin/domain/sending", lifted).text("said"));
        assertEquals(set, directory.administration.domain("other.test").sending());
        assertEquals("domain.sending done", acts().getFirst());
        assertTrue(acts().getLast().startsWith("domain.sending FORBIDDEN"), acts().toString());
    }

    @Test
    void anAdministratorSetsAVacationReply() throws Exception {
        signIn("carol@other.test");
        browser.get("/admin/account/vacation?address=bob@other.test&lang=en");
        Browser.Seen page = browser.submit("vacation", Map.of("subject", "Away", "text", "Back in August.", "start", "2026-07-01", "end", "soon"));
        assertEquals(422, page.status());
        assertTrue(page.html().contains("value=\"Away\"") && page.has("end-wrong"), page.html());
        page = browser.submit("vacation", Map.of("subject", "Away", "text", "Back in August.", "start", "2026-07-01", "end", "2026-07-31"));
        assertEquals("Done.", page.text("said"));
        Vacation vacation = directory.administration.account("bob@other.test").settings().vacation().orElseThrow();
        assertEquals("Away / Back in August. / 2026-07-01 / 2026-07-31", String.join(" / ", vacation.subject(), vacation.text(),
                vacation.firstDay(ZoneOffset.UTC).orElseThrow().toString(), vacation.lastDay(ZoneOffset.UTC).orElseThrow().toString()));
        assertEquals("Done.", browser.submit("vacation-off", Map.of()).text("said"));
        assertEquals(Optional.of(vacation.switched(false)), directory.administration.account("bob@other.test").settings().vacation());
        assertEquals(List.of("account.vacation INVALID a day is written as 2026-07-01", "account.vacation done", "account.vacation-off done"), acts());
        // Its own account administers: others change it. And what is elsewhere is not there.
        assertFalse(browser.get("/admin/account/vacation?address=carol@other.test").has("vacation"));
        assertEquals(404, browser.get("/admin/account/vacation?address=alice@example.test").status());
        browser.get("/admin/account/vacation?address=bob@other.test");
        assertEquals(404, browser.submit("vacation", Map.of("address", "alice@example.test", "subject", "s", "text", "t")).status());
    }

    @Test
    void anAdministratorRevokesAnAppPassword() throws Exception {
        UUID bob = directory.administration.account("bob@other.test").id();
        String id = directory.apps.add(bob, "lost <phone>", Set.of(SessionProtocol.IMAP)).password().id();
        signIn("carol@other.test");
        Browser.Seen page = browser.get("/admin/account/app-passwords?address=bob@other.test&lang=en");
        assertTrue(page.html().contains("lost &lt;phone&gt;"), page.html());
        assertEquals(404, browser.submit("revoke-" + id, Map.of("address", "alice@example.test")).status());
        browser.get("/admin/account/app-passwords?address=bob@other.test");
        assertTrue(browser.submit("revoke-" + id, Map.of()).text("app-passwords").contains("none"));
        assertEquals(List.of(), directory.apps.list(bob));
        assertEquals(List.of("app-password.remove MISSING no such account", "app-password.remove done"), acts());
        assertEquals(404, browser.get("/admin/account/app-passwords?address=alice@example.test").status());
    }

    @Test
    void anAdministratorChangesTheKeysOfItsDomain() throws Exception {
        signIn("carol@other.test");
        browser.get("/admin/domain/dkim?name=other.test&lang=en");
        Browser.Seen page = browser.submit("rotate", Map.of());
        assertEquals("Done.", page.text("said"));
        assertTrue(page.text("keys").contains("waits until its record is published"), page.text("keys"));
        page = browser.submit("rotate", Map.of("now", "on"));
        assertFalse(page.text("keys").contains("waits until"), page.text("keys"));
        String retired = page.html().replaceAll("(?s).*form id=\"(remove-[^\"]*)\".*", "$1");
        assertFalse(browser.submit(retired, Map.of()).has(retired));
        assertEquals(List.of("dkim.rotate done", "dkim.rotate done", "dkim.remove done"), acts());
        assertEquals(404, browser.get("/admin/domain/dkim?name=example.test").status());
        browser.get("/admin/domain/dkim?name=other.test");
        assertEquals(404, browser.submit("rotate", Map.of("name", "example.test")).status());
    }

    @Test
    void aTokenIsShownOnceAndRevoked() throws Exception {
        signIn("root@example.test");
        browser.get("/admin/tokens?lang=en");
        assertEquals(422, browser.submit("make", Map.of("name", "monitor", "days", "900", "scopes", "queue:read")).status());
        Browser.Seen page = browser.submit("make", Map.of("name", "monitor", "days", "7", "domains", "other.test", "scopes", "queue:read" + Browser.BOTH + "domains:read"));
        String text = page.text("made");
        ApiToken token = tokens.list().getFirst();
        assertEquals(Set.of(Scope.QUEUE_READ, Scope.DOMAINS_READ), token.scopes());
        assertEquals(Optional.of(Set.of("other.test")), token.domains());
        assertEquals(Optional.of(directory.administration.account("root@example.test").id()), token.account(), "worth no more than its maker");
        assertTrue(tokens.authority(text).may(Scope.QUEUE_READ));
        page = browser.get("/admin/tokens");
        assertTrue(page.text("tokens").contains("domains:read, queue:read") && !page.html().contains(text), page.html());
        assertEquals("Done.", browser.submit("revoke-" + token.id(), Map.of()).text("said"));
        assertThrows(InvalidTokenException.class, () -> tokens.authority(text));
        assertEquals(List.of("token.create INVALID a token lives for 1 to 366 days", "token.create done", "token.revoke done"), acts());
        assertFalse(log.entries.toString().contains(text));
    }

    @Test
    void tokensAreForWhoMakesAdministrators() throws Exception {
        signIn("carol@other.test");
        assertFalse(browser.get("/admin").html().contains("/admin/tokens"));
        assertEquals(404, browser.get("/admin/tokens").status());
        String form = browser.get("/admin").html().replaceAll("(?s).*name=\"form-token\" value=\"([^\"]*)\".*", "$1");
        assertEquals(404, browser.post("/admin/tokens/make", Map.of("form-token", form, "name", "x", "scopes", "queue:read")).status());
        assertEquals(List.of(), tokens.list());
    }

    @Test
    void aRoleThatIsTakenShutsTheConsole() throws Exception {
        signIn("carol@other.test");
        assertEquals(200, browser.get("/admin").status());
        administrators.appoint(directory.administration.account("carol@other.test").id(), Optional.empty());
        assertEquals(404, browser.get("/admin").status());
    }

    @Test
    void aFormOfAnotherSiteChangesNothing() throws Exception {
        signIn("root@example.test");
        assertEquals(403, browser.post("/admin/domains/add", Map.of("name", "new.test")).status());
        browser.fields.put("Origin", "http://evil.test");
        browser.get("/admin/domains");
        assertEquals(403, browser.submit("add", Map.of("name", "new.test")).status());
        assertEquals(2, directory.administration.domains().size());
        assertEquals(List.of(), log.entries);
    }

    /** SAFETY row 39. */
    @Test
    void whatIsSearchedForIsEscaped() throws Exception {
        signIn("root@example.test");
        browser.get("/admin/accounts");
        assertFalse(browser.submit("search-form", Map.of("search", "<script>x</script>")).html().contains("<script>x"));
        assertEquals(List.of("alice@example.test"), List.of(browser.submit("search-form", Map.of("search", "AL")).html().replaceAll("(?s).*<a href=\"/admin/account\\?address=[^>]*>([^<]*)<.*", "$1")));
        browser.get("/admin/queue");
        assertTrue(browser.submit("find", Map.of("id", "<b>@x>")).has("nothing"));
        assertEquals(400, browser.get("/admin/message?id=nonsense").status());
        assertEquals(400, browser.get("/admin/audit?day=monday").status());
    }
}
