package org.postel.mailbox.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.directory.AccountStatus;
import org.postel.mailbox.openid.Issuer;
import org.postel.mailbox.openid.LoopbackIssuer;
import org.postel.mailbox.seen.SeenNow;

/** Signing in to the pages with an issuer, as a browser does it. */
@ExtendWith(SharedCassandra.class)
@Timeout(120)
class IssuerPagesTest {

    private static final String SESSION = "postel-session";
    private static final String BEGUN = "postel-sign-in";
    private static final String STALE = "This sign-in was too old, or was not begun in this browser. Begin again.";

    private final String address = "a" + UUID.randomUUID().toString().replace("-", "") + "@example.test";
    private CassandraSession cassandra;
    private LoopbackIssuer issuer;
    private SiteFixture pages;
    private Browser browser;

    @BeforeEach
    void open(CassandraSession session) throws Exception {
        cassandra = session;
        issuer = new LoopbackIssuer();
        issuer.email = address;
        pages = over(new WebSettings(false, List.of(), ZoneOffset.UTC));
        browser = pages.browser();
        pages.directory.administration.addAccount(address, "secret");
    }

    @AfterEach
    void close() throws Exception {
        browser.close();
        pages.close();
        issuer.close();
    }

    @Test
    void whoSignsInThereComesToWherePeopleWereLed() throws Exception {
        Browser.Seen form = browser.get("/account/rules");
        assertEquals("Sign in with Example & Co", form.text("issuer"));
        Browser.Seen page = browser.get(link(form));
        assertEquals("/account/rules", page.path());
        assertEquals(address, page.text("user"));
        assertEquals(Set.of(SESSION), browser.cookies.keySet());
    }

    /** RFC 7636 §4.3, OpenID Connect Core 1.0 §3.1.2.1. */
    @Test
    void theIssuerIsAskedWithAllThatProtectsASignIn() throws Exception {
        browser.fields.put("Accept-Language", "fr");
        browser.get("/sign-in/issuer");
        Map<String, String> first = issuer.asked;
        assertEquals(Set.of("openid", "email"), Set.of(first.get("scope").split(" ")));
        assertEquals("fr", first.get("ui_locales"));
        assertEquals("S256", first.get("code_challenge_method"));
        browser.cookies.clear();
        browser.get("/sign-in/issuer");
        for (String name : List.of("state", "nonce", "code_challenge")) {
            assertEquals(43, first.get(name).length(), name);
            assertNotEquals(first.get(name), issuer.asked.get(name), name);
        }
    }

    @Test
    void withoutAnIssuerThereIsNoWay() throws Exception {
        try (SiteFixture without = SiteFixture.over(cassandra); Browser there = without.browser()) {
            assertFalse(there.get("/sign-in").has("issuer"));
            assertEquals(404, there.get("/sign-in/issuer").status());
        }
    }

    /** Neither with a code that somebody else got, nor twice with one's own. */
    @Test
    void anAnswerEndsOnlyTheSignInThatThisBrowserBegan() throws Exception {
        assertEquals(STALE, browser.get("/sign-in/issuer/answer?code=c&state=s").text("wrong"));
        issuer.answer = Optional.of("code=c&state=other");
        assertEquals(STALE, browser.get("/sign-in/issuer").text("wrong"));
        assertFalse(browser.cookies.containsKey(BEGUN), "one answer for one sign-in");
        assertEquals(STALE, browser.get("/sign-in/issuer/answer?code=c&state=other").text("wrong"));
        assertFalse(browser.get("/account").has("user"));
    }

    @Test
    void whoIsNotSignedInThereIsToldWhy() throws Exception {
        issuer.claims = said -> said.put("email_verified", false);
        assertEquals("You are signed in there, but your address is not confirmed there. Confirm it, then begin again.", browser.get("/sign-in/issuer").text("wrong"));
        issuer.claims = said -> said.put("email", "nobody@example.test");
        assertEquals("You are signed in there, but there is no account here with your address. Ask whoever runs your mail.",
                browser.get("/sign-in/issuer").text("wrong"));
        issuer.claims = said -> said.put("nonce", "another");
        assertTrue(browser.get("/sign-in/issuer").text("wrong").startsWith("What came back from the sign-in there cannot be believed."));
        issuer.claims = said -> { };
        pages.directory.administration.change(address, before -> before.settings().withStatus(AccountStatus.DISABLED));
        Browser.Seen page = browser.get("/sign-in/issuer");
        assertEquals("This account is switched off. Ask whoever runs your mail.", page.text("wrong"));
        assertEquals(422, page.status());
        assertFalse(page.has("user"));
    }

    @Test
    void whoDoesNotWantToIsLedBack() throws Exception {
        issuer.answer = Optional.of("error=access_denied");
        assertEquals(STALE, browser.get("/sign-in/issuer").text("wrong"), "an error without our state is anybody's");
        issuer.answer = Optional.of("error=access_denied&state=" + LoopbackIssuer.STATE);
        assertEquals("You were not signed in there. Begin again, or sign in with your password.", browser.get("/sign-in/issuer").text("wrong"));
        browser.submit("sign-in", Map.of("address", address, "password", "secret"));
        assertEquals(address, browser.get("/account").text("user"));
    }

    @Test
    void anIssuerThatDoesNotAnswerIsSaidToBeAway() throws Exception {
        issuer.tokenAnswer = Optional.of("nonsense");
        Browser.Seen page = browser.get("/sign-in/issuer?next=/account/rules");
        assertEquals(503, page.status());
        assertTrue(page.text("wrong").startsWith("The sign-in there does not answer now."), page.html());
        issuer.close();
        try (SiteFixture later = over(new WebSettings(false, List.of(), ZoneOffset.UTC)); Browser there = later.browser()) {
            assertEquals(503, there.get("/sign-in/issuer").status());
        }
    }

    @Test
    void itsOwnerSeesWhoSignedInThere() throws Exception {
        browser.get("/sign-in/issuer");
        SeenNow.write(pages.seen);
        assertTrue(browser.get("/account/log-ins").html().contains("<td>Account pages</td><td>127.0.0.1</td>"));
        assertEquals(List.of("openid GRANTED"), pages.seen.logins(pages.directory.administration.account(address).id()).stream()
                .map(login -> login.mechanism() + " " + login.how().result()).toList());
    }

    /** SAFETY row 20. */
    @Test
    void triesAreCounted() throws Exception {
        issuer.claims = said -> said.put("email", "nobody@example.test");
        for (int tries = 0; tries < 20; tries++) {
            assertEquals(422, browser.get("/sign-in/issuer").status());
        }
        assertEquals(429, browser.get("/sign-in/issuer").status());
    }

    @Test
    void theSessionIsAsOneOfAPassword() throws Exception {
        browser.get("/sign-in");
        browser.submit("sign-in", Map.of("address", address, "password", "secret"));
        String before = browser.cookies.get(SESSION);
        browser.get("/sign-in/issuer");
        assertNotEquals(before, browser.cookies.get(SESSION));
        try (Browser other = pages.browser()) {
            other.cookies.put(SESSION, before);
            assertFalse(other.get("/account").has("user"), "who was signed in here before is out");
        }
        pages.directory.administration.changePassword(address, "another");
        assertFalse(browser.get("/account").has("user"));
    }

    @Test
    void whatIsKeptInTheBrowserIsForUsOnly() throws Exception {
        try (SiteFixture secure = over(new WebSettings(true, List.of(), ZoneOffset.UTC))) {
            String set = secure.server().get("/sign-in/issuer", "pages.example.test").lines().filter(line -> line.toLowerCase().startsWith("set-cookie: __host-postel-sign-in"))
                    .findFirst().orElseThrow();
            assertTrue(set.matches("(?i)set-cookie: __Host-postel-sign-in=[A-Za-z0-9_-]{43}/account; Max-Age=900;.* Path=/; Secure; HTTPOnly; SameSite=Lax"), set);
        }
    }

    @Test
    void nobodyIsLedElsewhere() throws Exception {
        assertEquals("/account", browser.get("/sign-in/issuer?next=//evil.test").path());
    }

    private SiteFixture over(WebSettings settings) throws Exception {
        return SiteFixture.over(cassandra, settings, Optional.of(new Issuer(issuer.settings(Optional.empty(), "email"), Clock.systemUTC())));
    }

    private static String link(Browser.Seen form) {
        String html = form.html();
        int at = html.indexOf("href=\"/sign-in/issuer") + 6;
        return html.substring(at, html.indexOf('"', at)).replace("&amp;", "&");
    }
}
