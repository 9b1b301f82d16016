package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.platform.Port;

/** Owners of accounts and administrators use their pages in a browser: ./postel interop web does it with Chromium and takes pictures. */
class BrowserTest {

    private static final RunningPlatform PLATFORM = RunningPlatform.shared();
    private static final String GROUP = "crew@example.test";

    @BeforeAll
    static void makeAGroup() throws IOException {
        PLATFORM.account("first.of.the.crew@example.test");
        PLATFORM.alias(GROUP, "first.of.the.crew@example.test", "guest@example.org");
    }

    private static PageBrowser signIn(PageBrowser browser, Account account) {
        browser.open("/account");
        assertEquals("/sign-in", browser.path());
        return enter(browser, account.address(), account.password());
    }

    private static PageBrowser enter(PageBrowser browser, String address, String password) {
        return browser.type("#address", address).type("#password", password).press("#submit");
    }

    @ParameterizedTest
    @CsvSource({"en, DESKTOP", "en, PHONE", "fr, DESKTOP", "fr, PHONE"})
    void everyPageIsThere(String language, PageBrowser.Width width) throws IOException {
        Account account = busyAccount();
        String queueId = mailTo(account);
        try (PageBrowser browser = new PageBrowser(PLATFORM.port(Port.WEB), width)) {
            PageWalk walk = new PageWalk(browser, language);
            pagesOfAnAccount(browser, walk, account);
            browser.press("#sign-out button");
            pagesOfTheConsole(signIn(browser, administrator()), walk, account, queueId);
        }
    }

    private static void pagesOfAnAccount(PageBrowser browser, PageWalk walk, Account account) throws IOException {
        walk.to("/sign-in");
        enter(browser, account.address(), "a wrong one");
        walk.at("sign-in-wrong");
        enter(browser, account.address(), account.password());
        List<String> paths = browser.links("nav.pages a");
        assertFalse(paths.contains("/admin"), "for administrators only");
        for (String path : paths) {
            walk.to(path);
        }
        browser.open("/account/app-passwords").type("#name", "phone").press("#add-app-password button");
        walk.at("account-app-passwords-made");
        walk.to("/account/rules/edit?rule=0");
        browser.open("/account/forwarding").type("#targets", "nobody").press("#forwarding button");
        walk.at("account-forwarding-wrong");
        browser.open("/account/rules/edit?rule=9");
        walk.at("trouble");
    }

    private static void pagesOfTheConsole(PageBrowser browser, PageWalk walk, Account account, String queueId) throws IOException {
        browser.open("/admin");
        for (String path : browser.links("#console a")) {
            walk.to(path);
        }
        for (String page : List.of("/admin/account", "/admin/account/vacation", "/admin/account/app-passwords")) {
            walk.to(page + "?address=" + account.address());
        }
        walk.to("/admin/domain?name=example.test");
        walk.to("/admin/domain/dkim?name=example.test");
        walk.to("/admin/aliases/one?address=" + GROUP);
        browser.openUntil("/admin/message?id=" + queueId, "h2");
        walk.at("admin-message");
        browser.open("/admin/tokens").type("#name", "monitoring").check("#make input[name=scopes]", true).press("#make button");
        walk.at("admin-tokens-made");
        browser.open("/admin/accounts").type("#add #address", "no address").type("#add #password", "a secret of many words").press("#add button");
        walk.at("admin-accounts-wrong");
    }

    /** One whose pages have something to show. */
    private static Account busyAccount() throws IOException {
        Account account = PLATFORM.account();
        String path = "/accounts/" + AdminApi.segment(account.address());
        PLATFORM.admin().patch(path, Map.of("vacation", Map.of("subject", "Away", "text", "I am back in August.", "end", "2026-07-31"),
                "sending", Map.of("messagesPerHour", 100)));
        PLATFORM.admin().post(path + "/app-passwords", Map.of("name", "tablet", "protocols", List.of("imap")));
        PLATFORM.admin().put(path + "/rules", Map.of("rules", List.of(Map.of("name", "Lists", "folder", "Lists",
                "conditions", List.of(Map.of("field", "list-id", "test", "contains", "value", "friends.example.org"))))));
        return account;
    }

    private static String mailTo(Account account) throws IOException {
        try (SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SMTP))) {
            String reply = smtp.send("sender@example.org", account.address(), Messages.plain("sender@example.org", account.address(), "hello"));
            assertTrue(reply.startsWith("250"), reply);
            return reply.substring(reply.lastIndexOf(' ') + 1).strip();
        }
    }

    private static Account administrator() throws IOException {
        Account administrator = PLATFORM.account();
        PLATFORM.admin().put("/accounts/" + AdminApi.segment(administrator.address()) + "/role", Map.of("everywhere", true));
        return administrator;
    }

    private static Account madeInTheConsole(String address) throws IOException {
        Account account = new Account(address, "the first-secret of " + address);
        try (PageBrowser browser = new PageBrowser(PLATFORM.port(Port.WEB), PageBrowser.Width.DESKTOP)) {
            signIn(browser, administrator());
            assertEquals("Mail is flowing.", browser.open("/admin?lang=en").text("#flowing"));
            browser.open("/admin/accounts").type("#add #address", account.address()).type("#add #password", account.password()).press("#add button");
            browser.open("/admin/account?address=" + account.address());
            assertEquals(account.address(), browser.text("#address"));
        }
        return account;
    }

    @Test
    void whatIsSwitchedOnHappensAndWhatIsSwitchedOffDoesNot() throws IOException {
        Account alice = madeInTheConsole("alice.of.the.console@example.test");
        Account bob = PLATFORM.account();
        Account carol = PLATFORM.account();
        try (PageBrowser browser = new PageBrowser(PLATFORM.port(Port.WEB), PageBrowser.Width.DESKTOP)) {
            signIn(browser, alice);
            browser.open("/account/protocols").check("#pop3", false).press("#protocols button");
            try (Pop3Client pop3 = Pop3Client.connect(PLATFORM.port(Port.POP3))) {
                assertEquals("-ERR [AUTH] POP3 is switched off for this account", pop3.login(alice));
            }
            browser.open("/account/forwarding").type("#targets", carol.address()).check("#keep", true).press("#forwarding button");
            browser.open("/account/vacation").type("#subject", "away until Monday").type("#text", "I am at the sea.").press("#vacation button");
            assertTrue(browser.open("/account").has("#forwards") && browser.has("#away"), "the overview says both");
            submit(bob, alice, "the first");
            submit(bob, alice, "the second");
            int imap = PLATFORM.port(Port.IMAP);
            assertEquals(2, Inbox.of(imap, alice, 2).size(), "a copy of each");
            assertEquals(2, Inbox.of(imap, carol, 2).size(), "sent on");
            String answer = new String(Inbox.of(imap, bob, 1).getFirst(), StandardCharsets.UTF_8);
            assertTrue(answer.contains("away until Monday") && answer.contains("I am at the sea."), answer);
            browser.press("#sign-out button");
            assertEquals("/sign-in", browser.open("/account").path());
        }
    }

    private static void submit(Account from, Account to, String subject) throws IOException {
        try (SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SUBMISSION)).startTls()) {
            String login = smtp.login(from);
            assertTrue(login.startsWith("235"), login);
            String reply = smtp.send(from.address(), to.address(), Messages.plain(from.address(), to.address(), subject));
            assertTrue(reply.startsWith("250"), reply);
        }
    }
}
