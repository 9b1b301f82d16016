package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.platform.Port;

/** Owners of accounts and administrators use their pages in a browser: ./postel interop web does it with Chromium and takes pictures. */
class BrowserTest {

    private static final RunningPlatform PLATFORM = RunningPlatform.shared();

    private static PageBrowser signIn(Account account, PageBrowser.Width width) {
        PageBrowser browser = new PageBrowser(PLATFORM.port(Port.WEB), width);
        browser.open("/account");
        assertEquals("/sign-in", browser.path());
        return browser.type("#address", account.address()).type("#password", account.password()).press("#submit");
    }

    @ParameterizedTest
    @CsvSource({"en, DESKTOP", "en, PHONE", "fr, DESKTOP", "fr, PHONE"})
    void everyPageIsThere(String language, PageBrowser.Width width) throws IOException {
        Account account = PLATFORM.account();
        try (PageBrowser browser = new PageBrowser(PLATFORM.port(Port.WEB), width)) {
            browser.open("/sign-in?lang=" + language).look("sign-in-" + language);
            browser.type("#address", account.address()).type("#password", account.password()).press("#submit");
            List<String> paths = browser.links("nav.pages a");
            assertFalse(paths.contains("/admin"), "for administrators only");
            for (String path : paths) {
                look(browser, path, language);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"en, DESKTOP", "en, PHONE", "fr, DESKTOP", "fr, PHONE"})
    void everyPageOfTheConsoleIsThere(String language, PageBrowser.Width width) throws IOException {
        Account account = PLATFORM.account();
        try (PageBrowser browser = signIn(administrator(), width)) {
            browser.open("/admin?lang=" + language);
            for (String path : browser.links("#console a")) {
                look(browser, path, language);
            }
            for (String page : List.of("/admin/account", "/admin/account/vacation", "/admin/account/app-passwords")) {
                look(browser, page + "?address=" + account.address(), language);
            }
            look(browser, "/admin/domain?name=example.test", language);
            look(browser, "/admin/domain/dkim?name=example.test", language);
        }
    }

    private static void look(PageBrowser browser, String path, String language) throws IOException {
        browser.open(path).look(path.substring(1).replaceFirst("\\?.*", "").replace('/', '-') + "-" + language);
        assertEquals(language, browser.language(), path);
        assertFalse(browser.text("h1").isBlank(), path);
    }

    private static Account administrator() throws IOException {
        Account administrator = PLATFORM.account();
        PLATFORM.admin().put("/accounts/" + AdminApi.segment(administrator.address()) + "/role", Map.of("everywhere", true));
        return administrator;
    }

    private static Account madeInTheConsole(String address) throws IOException {
        Account account = new Account(address, "the first-secret of " + address);
        try (PageBrowser browser = signIn(administrator(), PageBrowser.Width.DESKTOP)) {
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
        try (PageBrowser browser = signIn(alice, PageBrowser.Width.DESKTOP)) {
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
