package org.postel.mailbox.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.Authentication.Credentials;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.identity.SessionProtocol;

/** Profiles for Apple's devices, for who is signed in. */
@ExtendWith(SharedCassandra.class)
@Timeout(60)
class ApplePageTest {

    private final String address = "a" + UUID.randomUUID().toString().replace("-", "") + "@example.test";
    private SiteFixture pages;
    private Browser browser;
    private Account account;

    @BeforeEach
    void signIn(CassandraSession session) throws Exception {
        pages = SiteFixture.over(session);
        browser = pages.browser();
        account = pages.directory.administration.addAccount(address, "secret");
        browser.get("/sign-in");
        browser.submit("sign-in", Map.of("address", address, "password", "secret"));
    }

    @AfterEach
    void close() throws Exception {
        browser.close();
        pages.close();
    }

    @Test
    void aProfileBringsAPasswordOfItsOwn() throws Exception {
        browser.get("/connect");
        Browser.Seen profile = browser.submit("apple", Map.of("device", "my iPhone"));
        assertEquals("application/x-apple-aspen-config", profile.headers().firstValue("Content-Type").orElse(""));
        Matcher password = Pattern.compile("<key>IncomingPassword</key>\\s*<string>(.*?)</string>").matcher(profile.html());
        assertTrue(password.find(), profile.html());
        assertTrue(pages.directory.authentication.authenticate(SessionProtocol.IMAP, new Credentials("", address, password.group(1), "192.0.2.9")) instanceof Outcome.Granted);
        assertTrue(pages.directory.authentication.authenticate(SessionProtocol.POP3, new Credentials("", address, password.group(1), "192.0.2.9")) instanceof Outcome.Disabled);
        assertEquals("my iPhone", pages.directory.apps.list(account.id()).getFirst().password().name());
        browser.get("/connect");
        assertEquals("A name has 1 to 100 characters.", browser.submit("apple", Map.of("device", " ")).text("said"));
        assertEquals(1, pages.directory.apps.list(account.id()).size());
    }

    /** Also of those that come to nothing. */
    @Test
    void anAccountGetsSoManyProfilesAndNoMore() throws Exception {
        browser.get("/connect");
        for (int asked = 0; asked < 3; asked++) {
            assertEquals("A name has 1 to 100 characters.", browser.submit("apple", Map.of("device", " ")).text("said"));
        }
        assertEquals("That was asked for too often. Wait a minute, then try again.", browser.submit("apple", Map.of("device", "my iPad")).text("said"));
        assertEquals(0, pages.directory.apps.list(account.id()).size());
    }
}
