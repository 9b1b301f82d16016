package org.postel.mailbox.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.AccountSettings;
import org.postel.mailbox.directory.AppPassword;
import org.postel.mailbox.directory.Authentication.Credentials;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.directory.Forwarding;
import org.postel.mailbox.directory.Vacation;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.seen.SeenLogin;
import org.postel.mailbox.seen.SeenSession;
import org.postel.mailbox.seen.Service;
import org.postel.mailbox.storage.Quota;

/** What somebody does on the pages of an account, and what comes of it. */
@ExtendWith(SharedCassandra.class)
@Timeout(120)
class AccountPagesTest {

    private static final String SAFE = "correct horse battery staple";

    private final String address = "a" + UUID.randomUUID().toString().replace("-", "") + "@example.test";
    private SiteFixture pages;
    private Browser browser;

    @BeforeEach
    void signIn(CassandraSession cassandra) throws Exception {
        pages = SiteFixture.over(cassandra);
        pages.directory.administration.addAccount(address, "secret");
        browser = signedIn("secret");
    }

    @AfterEach
    void close() throws Exception {
        browser.close();
        pages.close();
    }

    @Test
    void theOverviewTellsWhatTheAccountHolds() throws Exception {
        pages.directory.administration.addAlias("b" + address, List.of(address));
        assertEquals("3 MB", browser.get("/account").text("bytes").replace('\u00a0', ' '));
        pages.directory.administration.limit(address, new Quota(OptionalLong.of(4_000_000), OptionalLong.of(24)));
        Browser.Seen page = browser.get("/account?lang=fr");
        assertEquals("3 Mo sur 4 Mo", page.text("bytes").replace('\u00a0', ' '));
        assertTrue(page.html().contains("value=\"0.75\""), page.html());
        assertEquals("12 sur 24 messages", page.text("messages"));
        assertTrue(page.text("addresses").contains("b" + address), page.html());
        assertTrue(page.html().contains("<th scope=\"row\">A &lt;b&gt;</th>"), page.html());
    }

    @Test
    void anotherPasswordCountsAtOnceAndEndsOtherSessions() throws Exception {
        pages.directory.apps.add(account().id(), "phone <1>", EnumSet.allOf(SessionProtocol.class));
        try (Browser other = signedIn("secret")) {
            assertEquals("phone <1>", browser.get("/account/password").text("still-valid"));
            String before = browser.cookies.get("postel-session");
            Browser.Seen page = browser.submit("change-password", Map.of("old", "secret", "new", SAFE, "repeated", SAFE));
            assertEquals("Your password is changed, and all other sessions are over.", page.text("said"));
            assertEquals(address, page.text("user"));
            assertFalse(before.equals(browser.cookies.get("postel-session")));
            assertFalse(other.get("/account").has("user"));
            other.cookies.put("postel-session", before);
            assertFalse(other.get("/account").has("user"));
        }
        assertTrue(outcome(SAFE) instanceof Outcome.Granted);
        assertTrue(outcome("secret") instanceof Outcome.Wrong);
        assertFalse(browser.get("/account/password").has("said"), "said once");
    }

    @ParameterizedTest
    @CsvSource({"wrong, new long password 7!, new long password 7!, old-wrong, This is not your present password.",
        "secret, new long password 7!, new long password 8!, repeated-wrong, The two are not the same.",
        "secret, password1, password1, new-wrong, 'This password is too weak: it would be guessed. Take a longer one, and no common word, name or pattern.'",
        "secret, xK9#q, xK9#q, new-wrong, 'This password is too weak: it would be guessed. Take a longer one, and no common word, name or pattern.'",
        "secret, '', '', new-wrong, 'This password is too weak: it would be guessed. Take a longer one, and no common word, name or pattern.'"})
    void aPasswordThatWillNotDoIsSaidAtItsField(String old, String password, String repeated, String at, String text) throws Exception {
        browser.get("/account/password");
        Browser.Seen page = browser.submit("change-password", Map.of("old", old, "new", password, "repeated", repeated));
        assertEquals(422, page.status());
        assertEquals(text, page.text(at));
        assertEquals("Something is not right yet: see below. Nothing was changed.", page.text("wrong"));
        assertFalse(password.length() > 1 && page.html().contains("\"" + password + "\""), "what was typed is not sent back");
        assertTrue(outcome("secret") instanceof Outcome.Granted);
    }

    /** SAFETY row 20: whoever found a browser open guesses no faster than anybody. */
    @Test
    void triesAtTheOldPasswordAreCounted() throws Exception {
        browser.get("/account/password");
        // An instance that knows this client well leaves the account's limit aside; the client's own stays.
        for (int i = 0; i < 20; i++) {
            browser.submit("change-password", Map.of("old", "wrong" + i, "new", SAFE, "repeated", SAFE));
        }
        Browser.Seen page = browser.submit("change-password", Map.of("old", "secret", "new", SAFE, "repeated", SAFE));
        assertEquals("There were too many wrong tries. Wait a minute, then try again.", page.text("old-wrong"));
    }

    @Test
    void theStrengthIsToldToTheScript() throws Exception {
        String token = token("/account/password");
        assertEquals("0\nStrength: very weak. It is among the first that are tried.", strength(token, "password").html());
        assertEquals("4\nStrength: strong.", strength(token, SAFE).html());
        assertTrue(Integer.parseInt(strength(token, address).html().substring(0, 1)) < 2, "the address is known to whoever guesses");
        assertEquals(403, strength("x", SAFE).status());
    }

    @Test
    void anAppPasswordIsShownOnceAndOpensWhatWasTicked() throws Exception {
        assertTrue(browser.get("/account/app-passwords").has("no-app-passwords"));
        Browser.Seen page = browser.submit("add-app-password", Map.of("name", "<b>phone", "protocols", "imap" + Browser.BOTH + "submission"));
        String made = page.text("made");
        assertTrue(pages.directory.authentication.authenticate(SessionProtocol.IMAP, new Credentials("", address, made, "192.0.2.9")) instanceof Outcome.Granted);
        assertTrue(pages.directory.authentication.authenticate(SessionProtocol.POP3, new Credentials("", address, made, "192.0.2.9")) instanceof Outcome.Disabled);
        page = browser.get("/account/app-passwords");
        assertFalse(page.html().contains(made));
        assertTrue(page.text("app-passwords").contains("<b>phone"), page.html());
        assertTrue(page.text("app-passwords").contains("IMAP, SMTP"), page.html());
        assertTrue(page.text("app-passwords").contains("IMAP, 192.0.2.9"), page.html());
        AppPassword password = pages.directory.apps.list(account().id()).getFirst().password();
        assertEquals("It is revoked: no program gets in with it any more.", browser.submit("revoke-" + password.id(), Map.of()).text("said"));
        assertTrue(pages.directory.authentication.authenticate(SessionProtocol.IMAP, new Credentials("", address, made, "192.0.2.9")) instanceof Outcome.Wrong);
        assertEquals(200, browser.post("/account/app-passwords/revoke", Map.of("form-token", token("/account"), "id", password.id())).status());
    }

    @Test
    void anAppPasswordThatCannotBeIsSaidAtItsField() throws Exception {
        browser.get("/account/app-passwords");
        Browser.Seen page = browser.submit("add-app-password", Map.of("name", " ", "protocols", "pop3"));
        assertEquals("A name has 1 to 100 characters.", page.text("name-wrong"));
        assertTrue(page.html().contains("value=\"pop3\" checked"), page.html());
        assertFalse(page.html().contains("value=\"imap\" checked"), page.html());
        page = browser.submit("add-app-password", Map.of("name", "phone", "protocols", Browser.UNTICKED));
        assertEquals("Choose one at least.", page.text("protocols-wrong"));
        assertTrue(page.html().contains("value=\"phone\""), page.html());
        assertEquals(List.of(), pages.directory.apps.list(account().id()));
    }

    @Test
    void protocolsAreSwitchedAndNothingElse() throws Exception {
        Forwarding forwarding = new Forwarding(List.of("b@example.org"), false);
        change(settings -> settings.withForwarding(Optional.of(forwarding)));
        browser.get("/account/protocols");
        assertEquals("Saved.", browser.submit("protocols", Map.of("pop3", Browser.UNTICKED)).text("said"));
        assertEquals(Set.of(SessionProtocol.IMAP, SessionProtocol.SUBMISSION), account().protocols());
        assertEquals(Optional.of(forwarding), account().settings().forwarding());
        browser.submit("protocols", Map.of("pop3", "on", "imap", Browser.UNTICKED));
        assertEquals(Set.of(SessionProtocol.POP3, SessionProtocol.SUBMISSION), account().protocols());
    }

    @Test
    void forwardingIsSetChangedAndTakenAway() throws Exception {
        browser.get("/account/forwarding");
        assertEquals("Saved.", browser.submit("forwarding", Map.of("targets", " b@example.org\r\nc@example.org, ", "keep", Browser.UNTICKED)).text("said"));
        assertEquals(Optional.of(new Forwarding(List.of("b@example.org", "c@example.org"), false)), account().settings().forwarding());
        assertTrue(browser.get("/account").has("forwards"));
        browser.get("/account/forwarding");
        browser.submit("forwarding", Map.of("keep", "keep"));
        assertEquals(Optional.of(new Forwarding(List.of("b@example.org", "c@example.org"), true)), account().settings().forwarding());
        assertEquals("Saved: nothing is forwarded.", browser.submit("forwarding", Map.of("targets", " ")).text("said"));
        assertEquals(Optional.empty(), account().settings().forwarding());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "OWN", "a@example.org a@example.org", "a@exa<mple.org"})
    void whatCannotBeForwardedToIsSaidAndStaysTyped(String targets) throws Exception {
        String typed = targets.replace("OWN", address);
        browser.get("/account/forwarding");
        Browser.Seen page = browser.submit("forwarding", Map.of("targets", typed, "keep", Browser.UNTICKED));
        assertEquals(422, page.status());
        assertEquals("Enter up to 20 different addresses, none of them your own.", page.text("targets-wrong"));
        assertEquals(typed, page.text("targets"));
        assertFalse(page.html().contains("value=\"keep\" checked"), page.html());
        assertEquals(Optional.empty(), account().settings().forwarding());
    }

    /** The period stays, and the hour of a day that is not changed. */
    @Test
    void aVacationIsSetChangedAndTakenAway() throws Exception {
        browser.get("/account/vacation");
        Browser.Seen page = browser.submit("vacation", Map.of("subject", "Absent·e", "text", "Back\r\nsoon.\r\n", "start", "2020-01-01", "end", ""));
        assertEquals("Saved: the reply is switched on.", page.text("said"));
        assertEquals(Optional.of(new Vacation(true, "Absent·e", "Back\nsoon.\n", Optional.of(Instant.parse("2020-01-01T00:00:00Z")), Optional.empty(),
                Vacation.USUAL_PERIOD)), account().settings().vacation());
        assertTrue(browser.get("/account").has("away"));
        Instant hour = Instant.parse("2030-05-01T08:00:00Z");
        change(settings -> settings.withVacation(Optional.of(new Vacation(true, "s", "t", Optional.of(hour), Optional.of(hour.plusSeconds(60)), Duration.ofDays(3)))));
        browser.get("/account/vacation");
        browser.submit("vacation", Map.of("end", "2030-05-03"));
        assertEquals(Optional.of(new Vacation(true, "s", "t", Optional.of(hour), Optional.of(Instant.parse("2030-05-04T00:00:00Z")), Duration.ofDays(3))),
                account().settings().vacation());
        assertFalse(browser.get("/account").has("away"));
        browser.get("/account/vacation");
        page = browser.submit("vacation-off", Map.of());
        assertEquals("The reply is switched off.", page.text("said"));
        assertTrue(page.html().contains("name=\"subject\" value=\"s\"") && !page.has("vacation-off"), "its words stay");
        assertFalse(account().settings().vacation().orElseThrow().on());
        browser.submit("vacation", Map.of());
        assertTrue(account().settings().vacation().orElseThrow().on());
    }

    @ParameterizedTest
    @CsvSource({"'', t, '', '', subject-wrong, A subject has 1 to 200 characters.", "s, ' ', '', '', text-wrong, 'A text has 1 to 10,000 characters.'",
        "s, t, 2026-02-30, '', start-wrong, A day is written as 2026-07-31.", "s, t, '', soon, end-wrong, A day is written as 2026-07-31.",
        "s, t, 2026-07-02, 2026-07-01, end-wrong, The last day is before the first."})
    void aVacationThatCannotBeIsSaidAndStaysTyped(String subject, String text, String start, String end, String at, String wrong) throws Exception {
        browser.get("/account/vacation");
        Browser.Seen page = browser.submit("vacation", Map.of("subject", subject, "text", text, "start", start, "end", end));
        assertEquals(422, page.status());
        assertEquals(wrong, page.text(at));
        assertTrue(page.html().contains("name=\"subject\" value=\"" + subject + "\""), page.html());
        assertTrue(page.html().contains("name=\"start\" type=\"date\" value=\"" + start + "\""), page.html());
        assertEquals(Optional.empty(), account().settings().vacation());
    }

    @Test
    void aLongTextIsTaken() throws Exception {
        browser.get("/account/vacation");
        browser.submit("vacation", Map.of("subject", "s", "text", "é".repeat(10_000)));
        assertEquals(10_000, account().settings().vacation().orElseThrow().text().length());
    }

    /** Nobody's change is lost to somebody who saw an older state, and what he typed stays. */
    @Test
    void whoSawAnOlderStateIsToldAndMaySaveAgain() throws Exception {
        browser.get("/account/forwarding");
        change(settings -> settings.withForwarding(Optional.of(new Forwarding(List.of("theirs@example.org"), true))));
        Browser.Seen page = browser.submit("forwarding", Map.of("targets", "mine@example.org"));
        assertTrue(page.text("wrong").startsWith("This account was changed meanwhile"), page.html());
        assertEquals(422, page.status());
        assertEquals("mine@example.org", page.text("targets"));
        assertEquals(List.of("theirs@example.org"), account().settings().forwarding().orElseThrow().targets());
        assertEquals("Saved.", browser.submit("forwarding", Map.of()).text("said"));
        assertEquals(List.of("mine@example.org"), account().settings().forwarding().orElseThrow().targets());
    }

    @Test
    void sessionsAreListedAndEnded() throws Exception {
        try (Browser other = pages.browser()) {
            other.fields.put("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
            signIn(other, "secret");
            Browser.Seen page = browser.get("/account/sessions");
            assertTrue(page.text("sessions").contains("Firefox · Linux"), page.html());
            assertTrue(page.text("this-session").contains("this one"), page.html());
            String id = Pattern.compile("id=\"end-([0-9a-f]{64})\"").matcher(page.html()).results().map(found -> found.group(1)).findFirst().orElseThrow();
            assertEquals("The session is over.", browser.submit("end-" + id, Map.of()).text("said"));
            assertFalse(other.get("/account").has("user"));
            signIn(other, "secret");
            assertEquals("All other sessions are over.", browser.submit("end-others", Map.of()).text("said"));
            assertFalse(other.get("/account").has("user"));
            assertTrue(browser.get("/account").has("user"));
        }
    }

    @Test
    void logInsAreShownAndWhatWentWrong() throws Exception {
        String phone = pages.directory.apps.add(account().id(), "phone", EnumSet.allOf(SessionProtocol.class)).password().id();
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        pages.logins.write(account().id(), 0, new SeenLogin(new SeenLogin.Alike(LocalDate.parse("2026-01-01"), Service.IMAP, "192.0.2.7",
                Optional.of(phone), SeenLogin.Result.GRANTED), "PLAIN", "", noon, noon, 3));
        pages.logins.write(account().id(), 1, new SeenLogin(new SeenLogin.Alike(LocalDate.parse("2026-01-01"), Service.SUBMISSION, "192.0.2.8",
                Optional.empty(), SeenLogin.Result.WRONG), "PLAIN", "", noon, noon.plusSeconds(60), 1));
        pages.logins.write(account().id(), new SeenSession("x", SessionProtocol.POP3, "192.0.2.9", Optional.of("gone"), noon, noon));
        Browser.Seen page = browser.get("/account/log-ins");
        assertEquals(List.of("SMTP 192.0.2.8  wrong password", "IMAP 192.0.2.7 phone logged in"),
                Pattern.compile("<td class=\"number\">\\d</td><td>(\\w+)</td><td>(\\S+)</td><td></td><td>(\\w*)</td><td>(?:<[^>]*>)?([^<]*)").matcher(page.html()).results()
                        .map(row -> String.join(" ", row.group(1), row.group(2), row.group(3), row.group(4))).toList());
        assertTrue(page.text("open-sessions").contains("192.0.2.9"), page.html());
    }

    @Test
    void howToConnectIsShownWithTheOwnAddress() throws Exception {
        Browser.Seen page = browser.get("/connect?address=other%40example.test");
        assertTrue(page.html().contains("<span class=\"copy\">" + address + "</span>"), page.html());
        assertFalse(page.html().contains("other@"));
        assertEquals(address, page.text("user"));
    }

    /** All in one walk: in both languages, with all that may be on them, for readers that go by what the elements say. */
    @Test
    void eachPageIsWholeInBothLanguages() throws Exception {
        pages.directory.apps.add(account().id(), "phone", EnumSet.allOf(SessionProtocol.class));
        pages.directory.administration.limit(address, new Quota(OptionalLong.of(4_000_000), OptionalLong.of(24)));
        change(settings -> settings.withForwarding(Optional.of(new Forwarding(List.of("b@example.org"), true)))
                .withVacation(Optional.of(new Vacation(true, "s", "t", Optional.empty(), Optional.empty(), Duration.ofDays(7)))));
        signedIn("secret").close();
        for (String language : List.of("en", "fr")) {
            browser.get("/account?lang=" + language);
            Set<String> titles = new HashSet<>();
            for (Navigation.Entry entry : Navigation.ACCOUNT.entries()) {
                Browser.Seen page = browser.get(entry.path());
                assertEquals(200, page.status());
                assertTrue(page.html().contains("<html lang=\"" + language + "\">"), entry.path());
                assertTrue(page.html().contains("href=\"" + entry.path() + "\" aria-current=\"page\""), entry.path());
                assertTrue(titles.add(first(page, "<title>(.*?)</title>")), entry.path());
                assertEquals(1, Pattern.compile("<h1>").matcher(page.html()).results().count(), entry.path());
                referencesAreThere(page);
            }
            referencesAreThere(browser.get("/account/rules/edit"));
            referencesAreThere(browser.submit("rule", Map.of("name", "", "value-0", "x", "test-0", "over", "forwards", "x", "flags", "*")));
            browser.get("/account/vacation");
            referencesAreThere(browser.submit("vacation", Map.of("subject", "", "text", "", "start", "x", "end", "x")));
            browser.get("/account/forwarding");
            referencesAreThere(browser.submit("forwarding", Map.of("targets", "x")));
            browser.get("/account/password");
            referencesAreThere(browser.submit("change-password", Map.of("old", "x", "new", "x", "repeated", "y")));
            browser.get("/account/app-passwords");
            referencesAreThere(browser.submit("add-app-password", Map.of("name", "", "protocols", Browser.UNTICKED)));
        }
    }

    private static void referencesAreThere(Browser.Seen page) {
        List<String> ids = all(page, "\\sid=\"([^\"]*)\"").toList();
        assertEquals(ids.size(), new HashSet<>(ids).size(), () -> "twice the same id on " + page.path() + ": " + ids);
        all(page, "(?:aria-describedby=\"|aria-labelledby=\"|\\sfor=\"|href=\"#)([^\"]*)\"").flatMap(names -> Arrays.stream(names.split(" ")))
                .forEach(name -> assertTrue(ids.contains(name), () -> "no element " + name + " on " + page.path()));
        Set<String> labels = all(page, "<label for=\"([^\"]*)\"").collect(Collectors.toSet());
        Pattern.compile("<(?:input|textarea) ([^>]*)>").matcher(page.html()).results().map(MatchResult::group)
                .filter(field -> !field.contains("hidden") && !field.contains("checkbox") && !field.contains("radio") && !field.contains("aria-label="))
                .forEach(field -> assertTrue(labels.contains(field.replaceAll("(?s).*\\bid=\"([^\"]*)\".*", "$1")), () -> "no label: " + field));
    }

    private static Stream<String> all(Browser.Seen page, String pattern) {
        return Pattern.compile(pattern).matcher(page.html()).results().map(found -> found.group(1));
    }

    private static String first(Browser.Seen page, String pattern) {
        return all(page, pattern).findFirst().orElseThrow();
    }

    private Browser.Seen strength(String token, String password) throws Exception {
        return browser.post("/account/password/strength", Map.of("form-token", token, "new", password));
    }

    private String token(String path) throws Exception {
        return first(browser.get(path), "name=\"form-token\" value=\"([^\"]*)\"");
    }

    private Account account() throws Exception {
        return pages.directory.administration.account(address);
    }

    private void change(UnaryOperator<AccountSettings> change) throws Exception {
        pages.directory.administration.change(address, before -> change.apply(before.settings()));
    }

    private Outcome outcome(String password) {
        return pages.directory.authentication.authenticate(SessionProtocol.IMAP, new Credentials("", address, password, "192.0.2.1"));
    }

    private Browser signedIn(String password) throws Exception {
        Browser fresh = pages.browser();
        signIn(fresh, password);
        return fresh;
    }

    private void signIn(Browser who, String password) throws Exception {
        who.get("/sign-in");
        assertEquals(address, who.submit("sign-in", Map.of("address", address, "password", password)).text("user"));
    }
}
