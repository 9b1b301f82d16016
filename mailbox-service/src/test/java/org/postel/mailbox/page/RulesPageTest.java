package org.postel.mailbox.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.mail.rule.Actions;
import org.postel.mail.rule.Actions.End;
import org.postel.mail.rule.Actions.Folder;
import org.postel.mail.rule.Condition;
import org.postel.mail.rule.Match;
import org.postel.mail.rule.Rule;
import org.postel.mail.rule.RuleSet;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.rule.AccountRules;
import org.postel.mailbox.rule.CassandraRules;

/** Rules on the pages: what is made there, and that nothing of one is lost by looking at it. */
@ExtendWith(SharedCassandra.class)
@Timeout(120)
class RulesPageTest {

    private static final Map<String, String> NEWS = Map.of("name", "news", "field-0", "list-id", "test-0", "contains", "value-0", "news", "end", "file",
            "folder", "News");

    private final String address = "a" + UUID.randomUUID().toString().replace("-", "") + "@example.test";
    private SiteFixture pages;
    private Browser browser;
    private AccountRules rules;
    private Account account;

    @BeforeEach
    void signIn(CassandraSession cassandra) throws Exception {
        pages = SiteFixture.over(cassandra);
        account = pages.directory.administration.addAccount(address, "secret");
        pages.storage.trees().createAccount(account.id());
        rules = new AccountRules(new CassandraRules(new Cql(cassandra)), pages.storage.trees(), Duration.ofSeconds(5), Clock.systemUTC());
        browser = pages.browser();
        browser.post("/sign-in", Map.of("address", address, "password", "secret"));
    }

    @AfterEach
    void close() throws Exception {
        browser.close();
        pages.close();
    }

    @Test
    void aRuleIsMadeChangedMovedAndDeleted() throws Exception {
        assertTrue(browser.get("/account/rules").has("no-rules"));
        add(NEWS);
        assertEquals(List.of(new Rule("news", true, true, List.of(new Condition.Field("list-id", Match.CONTAINS, "news", false)),
                new Actions(List.of(), List.of(), new End.FileInto(new Folder("News", Optional.empty()))))), saved());
        assertTrue(pages.storage.trees().tree(account.id()).getMailboxesList().stream().anyMatch(mailbox -> mailbox.getName().equals("News")));
        Map<String, String> large = new HashMap<>(Map.of("name", "large <b>", "field-0", "size", "test-0", "over", "value-0", "5M", "field-1", "other", "header-1", "X-Spam",
                "test-1", "isNot", "value-1", "no", "match", "any", "end", "goOn"));
        large.putAll(Map.of("flags", "\\Flagged $Large", "forwards", "b@example.org"));
        Browser.Seen page = add(large);
        assertTrue(page.text("rule-1").contains("Size is over 5M"), page.html());
        assertTrue(page.text("rule-1").contains("large <b>"), page.html());
        assertEquals(new Rule("large <b>", true, false, List.of(new Condition.Size(true, 5_000_000), new Condition.Field("x-spam", Match.IS, "no", true)),
                new Actions(List.of("\\Flagged", "$Large"), List.of("b@example.org"), new End.GoOn())), saved().get(1));
        browser.submit("up-1", Map.of());
        assertEquals(List.of("large <b>", "news"), saved().stream().map(Rule::name).toList());
        browser.get("/account/rules/edit?rule=1");
        browser.submit("rule", Map.of("enabled", Browser.UNTICKED));
        assertEquals(List.of(true, false), saved().stream().map(Rule::enabled).toList());
        browser.get("/account/rules");
        assertEquals("The rule is deleted.", browser.submit("delete-0", Map.of()).text("said"));
        assertEquals(List.of("news"), saved().stream().map(Rule::name).toList());
    }

    /** Whatever a rule can be, its form shows all of it. */
    @Test
    void savingWhatWasShownChangesNothing() throws Exception {
        List<Rule> all = List.of(
                new Rule("one", false, false, List.of(new Condition.Size(false, 1_234), new Condition.Size(true, 20_000), new Condition.Size(true, 0),
                        new Condition.Field("from", Match.MATCHES, "*\"<x>\\* ?", true), new Condition.Field("x-a", Match.IS, " b ", false),
                        new Condition.Field("subject", Match.CONTAINS, "  ", false)),
                        new Actions(List.of("\\Seen", "a"), List.of("b@example.org", "c@example.org"), new End.SentOn())),
                new Rule("two", true, true, List.of(new Condition.Field("subject", Match.CONTAINS, "é", true)), new Actions(List.of(), List.of(), new End.Discard())),
                new Rule("three", true, true, List.of(new Condition.Field("size", Match.IS, "1", false), new Condition.Field("other", Match.IS, "1", false)),
                        new Actions(List.of(), List.of(), new End.Stop())),
                new Rule("four", true, true, List.of(new Condition.Field("to", Match.IS, "a@example.org", false)),
                        new Actions(List.of(), List.of(), new End.FileInto(new Folder("A/B \"c\"", Optional.empty())))));
        rules.save(account, new RuleSet(all), now -> { });
        for (int number = 0; number < all.size(); number++) {
            browser.get("/account/rules/edit?rule=" + number);
            assertEquals("/account/rules", browser.submit("rule", Map.of()).path());
        }
        assertEquals(all, saved());
    }

    @ParameterizedTest
    @CsvSource({"value-0, '', conditions-wrong, Give one condition at least.", "test-0, over, conditions-wrong, *", "folder, ' ', folder-wrong, Name the folder.",
        "name, ' ', name-wrong, A name has 1 to 100 characters.", "flags, \\Deleted, flags-wrong, *", "forwards, nobody, forwards-wrong, *",
        "forwards, OWN, forwards-wrong, *", "end, goOn, end-wrong, 'The rule does nothing yet, or forwards to nobody.'", "end, sentOn, end-wrong, *"})
    void whatCannotBeIsSaidAtItsFieldAndStaysTyped(String field, String value, String at, String text) throws Exception {
        Map<String, String> typed = new HashMap<>(NEWS);
        typed.put(field, value.replace("OWN", address));
        browser.get("/account/rules/edit");
        Browser.Seen page = browser.submit("rule", typed);
        assertEquals(422, page.status());
        assertTrue(text.equals("*") ? !page.text(at).isEmpty() : text.equals(page.text(at)), () -> page.text(at));
        assertTrue(field.equals("folder") || page.html().contains("value=\"News\""), page.html());
        assertEquals(List.of(), saved());
    }

    /** What was the second rule when the form was shown may be another's number when it is mended. */
    @Test
    void aFormThatIsMendedChangesNoOtherRule() throws Exception {
        add(NEWS);
        add(NEWS);
        Rule other = new Rule("other", true, true, List.of(new Condition.Size(true, 1)), new Actions(List.of(), List.of(), new End.Stop()));
        browser.get("/account/rules/edit?rule=1");
        List<Rule> all = List.of(saved().getFirst(), other);
        rules.save(account, new RuleSet(all), now -> { });
        assertEquals(422, browser.submit("rule", Map.of("name", "")).status());
        Browser.Seen page = browser.submit("rule", Map.of("name", "mine"));
        assertTrue(page.text("said").startsWith("Somebody else changed it"), page.html());
        assertEquals(all, saved());
    }

    @Test
    void whoSawOtherRulesIsTold() throws Exception {
        add(NEWS);
        browser.get("/account/rules/edit?rule=0");
        rules.save(account, RuleSet.NONE, now -> { });
        assertEquals(404, browser.submit("rule", Map.of("name", "mine")).status());
        browser.get("/account/rules/edit");
        rules.save(account, new RuleSet(List.of()), now -> { });
        Browser.Seen page = browser.submit("rule", NEWS);
        assertTrue(page.text("wrong").startsWith("This account was changed meanwhile"), page.html());
        assertFalse(page.html().contains("value=\"news\"") && page.status() == 200, "typed");
        assertEquals("/account/rules", browser.submit("rule", Map.of()).path());
        assertEquals(1, saved().size());
        browser.get("/account/rules");
        rules.save(account, RuleSet.NONE, now -> { });
        assertEquals(404, browser.submit("delete-0", Map.of()).status());
        assertEquals(404, browser.get("/account/rules/edit?rule=7").status());
        assertEquals(404, browser.get("/account/rules/edit?rule=x").status());
    }

    private Browser.Seen add(Map<String, String> rule) throws Exception {
        browser.get("/account/rules/edit");
        Browser.Seen page = browser.submit("rule", rule);
        assertEquals("/account/rules", page.path(), page::html);
        assertTrue(page.text("said").startsWith("Saved."), page.html());
        return page;
    }

    /** Without what names the mailboxes for the store. */
    private List<Rule> saved() {
        return rules.of(account.id()).rules().rules().stream().map(rule -> rule.actions().end() instanceof End.FileInto(Folder folder)
                ? new Rule(rule.name(), rule.enabled(), rule.all(), rule.conditions(), new Actions(rule.actions().flags(), rule.actions().forwards(),
                        new End.FileInto(new Folder(folder.name(), Optional.empty())))) : rule).toList();
    }
}
