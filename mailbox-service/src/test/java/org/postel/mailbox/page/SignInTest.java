package org.postel.mailbox.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.AccountStatus;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.seen.SeenNow;
import org.postel.wire.Network;

@ExtendWith(SharedCassandra.class)
@Timeout(120)
class SignInTest {

    private static final String SESSION = "postel-session";

    private final String address = "a" + UUID.randomUUID().toString().replace("-", "") + "@example.test";
    private CassandraSession cassandra;
    private SiteFixture pages;
    private Browser browser;
    private Account account;

    @BeforeEach
    void open(CassandraSession session) throws Exception {
        cassandra = session;
        pages = SiteFixture.over(session);
        browser = pages.browser();
        account = pages.directory.administration.addAccount(address, "secret");
    }

    @AfterEach
    void close() throws Exception {
        browser.close();
        pages.close();
    }

    @Test
    void whoSignsInComesToWherePeopleWereLed() throws Exception {
        Browser.Seen form = browser.get("/account");
        assertTrue(form.path().startsWith("/sign-in"), form.path());
        assertFalse(form.has("user"));
        Browser.Seen page = browser.submit("sign-in", Map.of("address", address.toUpperCase(), "password", "secret"));
        assertEquals("/account", page.path());
        assertEquals(address, page.text("user"));
        assertEquals("/account", browser.get("/sign-in").path());
        assertEquals("/account", browser.get("/").path());
    }

    @Test
    void whatAPageIsAboutIsKeptOverTheSignInAndTheChoiceOfALanguage() throws Exception {
        Browser.Seen form = browser.get("/account/rules/edit?rule=0&from=a%40b.test");
        assertTrue(form.html().contains("href=\"" + form.path().replace("&", "&amp;") + "&amp;lang=fr\""), form.html());
        Browser.Seen page = browser.submit("sign-in", Map.of("address", address, "password", "secret"));
        assertEquals("/account/rules/edit?rule=0&from=a%40b.test", page.path());
        browser.get("/account/password");
        // A form that is shown again stands at an address of its own, which no link may lead to.
        browser.fields.put("Referer", "http://127.0.0.1:" + pages.server().port() + "/account/vacation?x=1");
        assertTrue(browser.post("/account/vacation/off", Map.of("form-token", "x")).html().contains("href=\"/account/vacation?x=1&amp;lang=fr\""));
        browser.fields.put("Referer", "http://evil.test/account/vacation");
        assertTrue(browser.post("/account/vacation/off", Map.of("form-token", "x")).html().contains("href=\"/account?lang=fr\""));
        browser.cookies.clear();
        browser.fields.remove("Referer");
        assertEquals("/sign-in?next=%2Faccount", browser.post("/account/vacation/off", Map.of("form-token", "x")).path());
    }

    /** SAFETY row 23: the same of a wrong password, of nobody, and of no address. */
    @ParameterizedTest
    @CsvSource({"'', wrong", "nobody@example.test, secret", "nobody@elsewhere.test, secret", "no address, secret", "'', ''"})
    void whoIsWrongIsToldThatAndNotWhy(String name, String password) throws Exception {
        browser.get("/sign-in");
        Browser.Seen page = browser.submit("sign-in", Map.of("address", name.isEmpty() ? address : name, "password", password));
        assertEquals(422, page.status());
        assertEquals("The address or the password is wrong. App passwords do not work here.", page.text("wrong"));
        assertTrue(page.html().contains("value=\"" + (name.isEmpty() ? address : name) + "\""), page.html());
        assertFalse(password.length() > 1 && page.html().contains("value=\"" + password), page.html());
        assertEquals(Set.of(), browser.cookies.keySet());
    }

    @Test
    void anAppPasswordDoesNotOpenThePages() throws Exception {
        String app = pages.directory.apps.add(account.id(), "phone", Set.of(SessionProtocol.IMAP)).text();
        browser.get("/sign-in");
        assertEquals(422, browser.submit("sign-in", Map.of("address", address, "password", app)).status());
    }

    @Test
    void whoIsSwitchedOffIsToldSoAndIsOutAtOnce() throws Exception {
        signIn(browser, "secret");
        pages.directory.administration.change(address, before -> before.settings().withStatus(AccountStatus.DISABLED));
        assertEquals("Your session is over. Please sign in again.", browser.get("/account").text("said"));
        Browser.Seen page = browser.submit("sign-in", Map.of("address", address, "password", "secret"));
        assertEquals("This account is switched off. Ask whoever runs your mail.", page.text("wrong"));
        // Who may use no protocol may still come here, to switch one on.
        pages.directory.administration.change(address, before -> before.settings().withStatus(AccountStatus.ACTIVE)
                .with(SessionProtocol.IMAP, false).with(SessionProtocol.POP3, false).with(SessionProtocol.SUBMISSION, false));
        browser.cookies.clear();
        signIn(browser, "secret");
    }

    /** SAFETY row 20. */
    @Test
    void guessesAreCounted() throws Exception {
        browser.get("/sign-in");
        for (int guess = 0; guess < 5; guess++) {
            assertEquals(422, browser.submit("sign-in", Map.of("address", address, "password", "wrong" + guess)).status());
        }
        Browser.Seen page = browser.submit("sign-in", Map.of("address", address, "password", "secret"));
        assertEquals(429, page.status());
        assertEquals("There were too many wrong tries. Wait a minute, then try again.", page.text("wrong"));
    }

    @Test
    void aTokenIsMadeAnewAndTheOneBeforeEnds() throws Exception {
        browser.cookies.put(SESSION, "A".repeat(64));
        signIn(browser, "secret");
        String first = browser.cookies.get(SESSION);
        assertNotEquals("A".repeat(64), first);
        // Somebody else puts his session into this browser; whoever signs in then is not seen by it.
        browser.post("/sign-in", Map.of("address", address, "password", "secret"));
        assertNotEquals(first, browser.cookies.get(SESSION));
        try (Browser other = pages.browser()) {
            other.cookies.put(SESSION, first);
            assertFalse(other.get("/account").has("user"));
        }
    }

    @Test
    void onlyAHashOfTheTokenIsStored() throws Exception {
        signIn(browser, "secret");
        String token = browser.cookies.get(SESSION);
        cassandra.get().execute("SELECT * FROM web_session").forEach(row -> assertFalse(row.getFormattedContents().contains(token.substring(22))));
        assertTrue(new Cql(cassandra).read("SELECT ttl(created_at) AS left FROM web_session WHERE account_id = ?", account.id()).one().getInt("left") > 40_000);
        int idle = new Cql(cassandra).read("SELECT ttl(used_at) AS left FROM web_session WHERE account_id = ?", account.id()).one().getInt("left");
        assertTrue(idle > 3_600 && idle <= 3_660, () -> "" + idle);
    }

    @Test
    void whoSignsOutIsOut() throws Exception {
        signIn(browser, "secret");
        String token = browser.cookies.get(SESSION);
        assertEquals("You are signed out.", browser.submit("sign-out", Map.of()).text("said"));
        assertFalse(browser.cookies.containsKey(SESSION));
        browser.cookies.put(SESSION, token);
        assertFalse(browser.get("/account").has("user"));
    }

    @Test
    void anotherPasswordEndsAllSessionsOnEachInstance() throws Exception {
        signIn(browser, "secret");
        try (SiteFixture instance = SiteFixture.over(cassandra); Browser there = instance.browser()) {
            there.cookies.putAll(browser.cookies);
            assertEquals(address, there.get("/account").text("user"));
            pages.directory.administration.changePassword(address, "another");
            assertFalse(there.get("/account").has("user"));
        }
        assertFalse(browser.get("/account").has("user"));
    }

    /** A form that no page of the session made, or that another site sends. SAFETY row 39. */
    @Test
    void aFormOfSomebodyElseIsRefused() throws Exception {
        signIn(browser, "secret");
        for (Map<String, String> form : List.of(Map.<String, String>of(), Map.of("form-token", ""), Map.of("form-token", "x".repeat(43)))) {
            assertEquals(403, browser.post("/sign-out", form).status());
        }
        for (Map.Entry<String, String> from : List.of(Map.entry("Origin", "http://evil.test"), Map.entry("Origin", "null"), Map.entry("Origin", ""),
                Map.entry("Sec-Fetch-Site", "cross-site"), Map.entry("Sec-Fetch-Site", "same-site"))) {
            browser.get("/account");
            browser.fields.put(from.getKey(), from.getValue());
            assertEquals(403, browser.submit("sign-out", Map.of()).status(), from::toString);
            assertEquals(403, browser.post("/sign-in", Map.of("address", address, "password", "secret")).status(), from::toString);
            browser.fields.clear();
        }
        assertTrue(browser.get("/account").has("user"));
        browser.fields.put("Sec-Fetch-Site", "same-origin");
        assertTrue(browser.submit("sign-out", Map.of()).has("said"));
    }

    /** As a proxy may ask: there is no Host field then. */
    @Test
    void aFormIsTakenOverHttp2Too() throws Exception {
        String origin = "http://127.0.0.1:" + pages.server().port();
        String form = "address=" + URLEncoder.encode(address, StandardCharsets.UTF_8) + "&password=secret";
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            // The first request changes the connection's protocol.
            client.send(HttpRequest.newBuilder(URI.create(origin + "/sign-in")).build(), HttpResponse.BodyHandlers.discarding());
            for (Map.Entry<String, Integer> from : Map.of(origin, 303, "http://evil.test", 403).entrySet()) {
                HttpResponse<Void> answer = client.send(HttpRequest.newBuilder(URI.create(origin + "/sign-in")).header("Origin", from.getKey())
                        .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(form)).build(),
                        HttpResponse.BodyHandlers.discarding());
                assertEquals(HttpClient.Version.HTTP_2, answer.version());
                assertEquals(from.getValue(), answer.statusCode(), from.getKey());
            }
        }
    }

    @Test
    void theTokenOfOneSessionIsNoneOfAnother() throws Exception {
        signIn(browser, "secret");
        try (Browser other = pages.browser()) {
            signIn(other, "secret");
            String html = other.get("/account").html();
            String token = html.substring(html.indexOf("name=\"form-token\" value=\"") + 25).split("\"")[0];
            assertEquals(43, token.length());
            assertEquals(403, browser.post("/sign-out", Map.of("form-token", token)).status());
        }
    }

    @Test
    void overHttpsTheCookieNeverGoesInClear() throws Exception {
        try (SiteFixture secure = SiteFixture.over(cassandra, new WebSettings(true, List.of(), ZoneOffset.UTC)); Browser safe = secure.browser()) {
            safe.get("/sign-in");
            safe.submit("sign-in", Map.of("address", address, "password", "secret"));
            assertEquals(Set.of("__Host-postel-session"), safe.cookies.keySet());
        }
        String set = pages.server().form("/sign-in", "address=" + address + "&password=secret").lines()
                .filter(line -> line.toLowerCase().startsWith("set-cookie")).findFirst().orElseThrow();
        assertTrue(set.matches("(?i)set-cookie: postel-session=[A-Za-z0-9_-]{64}; Path=/; HTTPOnly; SameSite=Lax"), set);
        try (SiteFixture secure = SiteFixture.over(cassandra, new WebSettings(true, List.of(), ZoneOffset.UTC))) {
            String safe = secure.server().form("/sign-in", "address=" + address + "&password=secret").lines()
                    .filter(line -> line.toLowerCase().startsWith("set-cookie")).findFirst().orElseThrow();
            assertTrue(safe.matches("(?i)set-cookie: __Host-postel-session=[A-Za-z0-9_-]{64}; Path=/; Secure; HTTPOnly; SameSite=Lax"), safe);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.test", "https://evil.test/", "/\\evil.test", "/%0d%0aX: y", "javascript:alert(1)"})
    void nobodyIsLedElsewhere(String next) throws Exception {
        browser.get("/sign-in");
        Browser.Seen page = browser.submit("sign-in", Map.of("address", address, "password", "secret", "next", next));
        assertTrue(page.path().equals("/account"), page.path());
    }

    /** SAFETY row 37. */
    @ParameterizedTest
    @CsvSource({"'', '198.51.100.7', 127.0.0.1", "127.0.0.0/8, '', 127.0.0.1", "127.0.0.0/8, '198.51.100.7', 198.51.100.7",
        "127.0.0.0/8, '203.0.113.9, 198.51.100.7', 198.51.100.7", "'127.0.0.0/8,10.0.0.0/8', '203.0.113.9, 198.51.100.7:4711, 10.1.2.3', 198.51.100.7",
        "127.0.0.0/8, '203.0.113.9, unknown', 127.0.0.1", "127.0.0.0/8, '[2001:db8::7]:99', 2001:db8:0:0:0:0:0:7"})
    void theClientIsCountedAndNotTheProxyBeforeUs(String proxies, String forwarded, String client) throws Exception {
        List<Network> trusted = proxies.isEmpty() ? List.of() : List.of(proxies.split(",")).stream().map(Network::parse).toList();
        try (SiteFixture behind = SiteFixture.over(cassandra, new WebSettings(false, trusted, ZoneOffset.UTC)); Browser there = behind.browser()) {
            there.fields.putAll(new HashMap<>(Map.of("X-Forwarded-For", forwarded, "User-Agent", "test")));
            signIn(there, "secret");
            assertEquals(List.of(client + " test"), behind.sessions.of(account).stream().map(session -> session.address() + " " + session.agent()).toList());
        }
    }

    @Test
    void whatIsTooLongIsNotRead() throws Exception {
        assertEquals(413, browser.post("/sign-in", Map.of("address", "a".repeat(70_000))).status());
    }

    @Test
    void aSilentDatabaseIsNoWrongPassword() throws Exception {
        try (SiteFixture silent = SiteFixture.alone(); Browser there = silent.browser()) {
            silent.directory.administration.addAccount(address, "secret");
            Browser.Seen page = there.post("/sign-in", Map.of("address", address, "password", "secret"));
            assertEquals(503, page.status());
            assertEquals("The database does not answer now. Try again in a moment.", page.text("trouble"));
        }
    }

    @Test
    void whatAnAccountSeesIsKeptNowhere() throws Exception {
        Browser.Seen page = signIn(browser, "secret");
        assertEquals("no-store", page.headers().firstValue("cache-control").orElseThrow());
        assertEquals("same-origin", page.headers().firstValue("referrer-policy").orElseThrow());
        assertTrue(page.headers().firstValue("content-security-policy").orElseThrow().contains("frame-ancestors 'none'"));
    }

    /** With the browser and from where, as log-ins of mail programs. */
    @Test
    void itsOwnerSeesWhoSignedInAndWhoTried() throws Exception {
        browser.fields.put("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        browser.get("/sign-in");
        browser.submit("sign-in", Map.of("address", address, "password", "wrong"));
        browser.submit("sign-in", Map.of("address", address, "password", "wrong"));
        signIn(browser, "secret");
        SeenNow.write(pages.seen);
        Browser.Seen page = browser.get("/account/log-ins");
        String row = "<td class=\"number\">%d</td><td>Account pages</td><td>127.0.0.1</td><td>Firefox · Linux</td><td></td><td>%s</td>";
        assertTrue(page.html().contains(row.formatted(1, "logged in")), page.html());
        assertTrue(page.html().contains(row.formatted(2, "<span class=\"wrong\">wrong password</span>")), page.html());
    }

    @Test
    void aChosenLanguageStays() throws Exception {
        browser.fields.put("Accept-Language", "en");
        assertEquals("Se connecter", browser.get("/sign-in?lang=fr").text("submit"));
        assertTrue(signIn(browser, "secret").html().contains("<html lang=\"fr\">"));
    }

    private Browser.Seen signIn(Browser who, String password) throws Exception {
        who.get("/sign-in");
        Browser.Seen page = who.submit("sign-in", Map.of("address", address, "password", password));
        assertEquals(address, page.text("user"));
        return page;
    }
}
