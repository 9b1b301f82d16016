package org.postel.mailbox.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.directory.Destination;
import org.postel.mailbox.directory.Vacation;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.sending.OwnLimits;
import org.postel.mailbox.storage.Quota;

/** Two administrators at one thing, or its owner and an administrator: what one changed never comes back with the other's form. */
class ConsoleConflictsTest extends ConsoleFixture {

    private static final String BOB = "bob@other.test";

    @Test
    void aGroupIsChangedByOneAtATime() throws Exception {
        signIn("carol@other.test");
        browser.get("/admin/aliases?lang=en");
        browser.submit("add", Map.of("address", "team@other.test", "targets", "bob@other.test"));
        assertTrue(browser.get("/admin/aliases").text("aliases").contains("Alias"));
        assertTrue(browser.get("/admin/aliases").text("subaddressing").endsWith("after +"));
        Browser.Seen page = browser.get("/admin/aliases/one?address=team@other.test");
        assertEquals("Alias", page.text("kind"));
        page = browser.submit("targets-form", Map.of("targets", "bob@other.test\r\ncarol@other.test\r\n"));
        assertEquals("Done.", page.text("said"));
        assertEquals("Group", page.text("kind"));
        assertEquals("bob@other.test\ncarol@other.test", page.text("targets"));
        page = browser.submit("targets-form", Map.of("targets", "nonsense"));
        assertTrue(page.has("wrong") && page.text("targets").equals("nonsense"), page.html());
        browser.get("/admin/aliases/one?address=team@other.test");
        directory.administration.changeAlias("team@other.test", before -> List.of("alice@example.test"));
        page = browser.submit("targets-form", Map.of("targets", "carol@other.test"));
        assertTrue(page.text("wrong").startsWith("Somebody changed it meanwhile"), page.html());
        assertEquals("carol@other.test", page.text("targets"));
        browser.submit("targets-form", Map.of());
        assertEquals(List.of("carol@other.test"), ((Destination.OfAlias) directory.administration.alias("team@other.test").destination()).targets());
        assertEquals(List.of("alias.add done", "alias.change done", "alias.change INVALID not an address of the form local-part@domain",
                "alias.change CHANGED it was changed meanwhile", "alias.change done"), acts());
        // What is elsewhere is not there.
        assertEquals(404, browser.get("/admin/aliases/one?address=all@example.test").status());
        browser.get("/admin/aliases/one?address=team@other.test");
        assertEquals(404, browser.submit("targets-form", Map.of("address", "all@example.test")).status());
    }

    @Test
    void aFormThatShowsOlderSettingsChangesNone() throws Exception {
        signIn("carol@other.test");
        browser.get("/admin/account?address=" + BOB + "&lang=en");
        directory.administration.change(BOB, before -> before.settings().with(SessionProtocol.IMAP, false));
        told(browser.submit("protocols", Map.of("pop3", Browser.UNTICKED)));
        assertEquals(Set.of(SessionProtocol.POP3, SessionProtocol.SUBMISSION), directory.administration.account(BOB).protocols());
        browser.submit("protocols", Map.of("pop3", Browser.UNTICKED));
        assertEquals(Set.of(SessionProtocol.SUBMISSION), directory.administration.account(BOB).protocols());
        OwnLimits limits = new OwnLimits(OptionalInt.of(5), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
        directory.administration.change(BOB, before -> before.settings().withSending(limits));
        told(browser.submit("sending", Map.of("recipients-per-day", "9")));
        assertEquals(limits, directory.administration.account(BOB).settings().sending());
    }

    @Test
    void aFormThatShowsOlderLimitsOfADomainSetsNone() throws Exception {
        signIn("root@example.test");
        browser.get("/admin/domain?name=other.test&lang=en");
        OwnLimits set = new OwnLimits(OptionalInt.of(5), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
        directory.administration.limitSending("other.test", before -> set);
        told(browser.submit("sending", Map.of("recipients-per-day", "9")));
        assertEquals(set, directory.administration.domain("other.test").sending());
        browser.submit("sending", Map.of("recipients-per-day", "9"));
        assertEquals(new OwnLimits(OptionalInt.of(5), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(9)), directory.administration.domain("other.test").sending());
    }

    @Test
    void aFormThatShowsAnOlderQuotaSetsNone() throws Exception {
        signIn("carol@other.test");
        browser.get("/admin/account?address=" + BOB + "&lang=en");
        Quota set = new Quota(OptionalLong.empty(), OptionalLong.of(7));
        directory.administration.limit(BOB, set);
        told(browser.submit("quota", Map.of("bytes", "1000")));
        assertEquals(set, directory.administration.quota(BOB).limits());
        browser.submit("quota", Map.of("bytes", "1000"));
        assertEquals(new Quota(OptionalLong.of(1_000), OptionalLong.of(7)), directory.administration.quota(BOB).limits());
    }

    @Test
    void aVacationThatItsOwnerChangedIsShownToTheAdministratorFirst() throws Exception {
        signIn("carol@other.test");
        browser.get("/admin/account/vacation?address=" + BOB + "&lang=en");
        Vacation own = new Vacation(true, "At sea", "No net there.", Optional.empty(), Optional.empty(), Vacation.USUAL_PERIOD);
        directory.administration.change(BOB, before -> before.settings().withVacation(Optional.of(own)));
        Browser.Seen page = browser.submit("vacation", Map.of("subject", "Away", "text", "Back in August."));
        assertEquals(422, page.status());
        assertTrue(page.text("wrong").startsWith("Somebody changed it meanwhile") && page.html().contains("value=\"Away\""), page.html());
        assertEquals(Optional.of(own), directory.administration.account(BOB).settings().vacation());
        browser.submit("vacation", Map.of());
        assertEquals("Away", directory.administration.account(BOB).settings().vacation().orElseThrow().subject());
    }

    private static void told(Browser.Seen page) {
        assertTrue(page.text("said").startsWith("Somebody changed it meanwhile, so nothing was saved."), page.html());
    }
}
