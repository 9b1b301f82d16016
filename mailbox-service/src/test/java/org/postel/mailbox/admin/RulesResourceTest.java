package org.postel.mailbox.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.RenameRequest;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.directory.DirectoryFixture;
import org.postel.mailbox.directory.DirectoryInMemory;
import org.postel.mailbox.rule.AccountRules;
import org.postel.mailbox.rule.RulesInMemory;
import org.postel.mailbox.setup.MailStorage;
import org.postel.mailbox.store.TestStoreConfig;

/** Rules over the API, with folders in a real store. */
@ExtendWith(SharedCassandra.class)
@Timeout(120)
class RulesResourceTest {

    private static final String ALICE = "alice@example.test";
    private static final Instant NOW = Instant.parse("2026-07-01T08:00:00Z");
    private static final String CONDITIONS = "\"conditions\":[{\"field\":\"Subject\",\"test\":\"contains\",\"value\":\"x\"}]";
    private static final String LISTS = "{\"rules\":[{\"name\":\"Lists\"," + CONDITIONS + ",\"folder\":\"Lists/Friends\"}]}";

    private final DirectoryFixture directory = new DirectoryFixture(new DirectoryInMemory(), Optional.empty());
    private MailStorage storage;
    private RulesResource rules;
    private Account alice;

    @BeforeEach
    void addAlice(CassandraSession session) throws DirectoryException {
        storage = new MailStorage(session, TestStoreConfig.with(Map.of()), (account, mailbox, modseq) -> {}, message -> false, Clock.systemUTC());
        alice = directory.administration.addAccount(ALICE, "secret");
        storage.trees().createAccount(alice.id());
        rules = new RulesResource(directory.administration, new AccountRules(new RulesInMemory(), storage.trees(), Duration.ofSeconds(5),
                Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    @Test
    void whatIsPutIsShownAndItsFolderIsThere() throws DirectoryException {
        assertEquals(new RulesResource.RulesView(List.of(), null), view(rules.all(ALICE)));
        Response put = rules.replace(ALICE, null, LISTS);
        RuleView rule = new RuleView("Lists", true, "all", List.of(new RuleView.ConditionView("subject", "contains", "x", null, null)), null, null,
                "Lists/Friends", null, null);
        assertEquals(List.of(rule), view(put).rules());
        assertEquals(put.getHeaderString("ETag"), rules.all(ALICE).getHeaderString("ETag"));
        assertTrue(mailbox("Lists/Friends").getSubscribed());
        rules.replace(ALICE, null, LISTS);
        rules.replace(ALICE, null, "{\"rules\":[]}");
        assertEquals(List.of(), view(rules.all(ALICE)).rules());
    }

    @Test
    void aRuleFollowsItsFolder() throws DirectoryException {
        rules.replace(ALICE, null, LISTS);
        storage.trees().rename(alice.id(), RenameRequest.newBuilder().setFrom("Lists/Friends").setTo("Friends").build());
        assertEquals("Friends", view(rules.all(ALICE)).rules().getFirst().folder());
    }

    /** Whoever learned before that there are none must have forgotten it; later ones need only the clocks' difference. */
    @Test
    void rulesAreForMailThatIsAcceptedAMomentLater() throws DirectoryException {
        assertEquals("2026-07-01T08:00:10Z", view(rules.replace(ALICE, null, LISTS)).since());
        assertEquals("2026-07-01T08:00:10.001Z", view(rules.replace(ALICE, null, LISTS)).since());
    }

    @Test
    void everythingThatARuleCanDoIsReadAndShown() throws DirectoryException {
        String all = "{\"rules\":[{\"name\":\"a\",\"enabled\":false,\"match\":\"any\",\"conditions\":[{\"field\":\"size\",\"test\":\"over\",\"octets\":5},"
                + "{\"field\":\"x-y\",\"test\":\"matches\",\"value\":\"*z\",\"not\":true}],\"flags\":[\"\\\\Seen\"],\"forward\":{\"targets\":[\"b@example.org\"],"
                + "\"keep\":false}},{\"name\":\"b\"," + CONDITIONS + ",\"discard\":true},{\"name\":\"c\"," + CONDITIONS + ",\"stop\":true}]}";
        List<RuleView> shown = view(rules.replace(ALICE, null, all)).rules();
        assertEquals(new RuleView("a", false, "any", List.of(new RuleView.ConditionView("size", "over", null, 5L, null),
                new RuleView.ConditionView("x-y", "matches", "*z", null, true)), List.of("\\Seen"), new RuleView.ForwardView(List.of("b@example.org"), false),
                null, null, null), shown.getFirst());
        assertEquals(List.of(true, true), List.of(shown.get(1).discard(), shown.get(2).stop()));
        assertTrue(rules.sieve(ALICE).contains("  redirect \"b@example.org\";\r\n"), rules.sieve(ALICE));
    }

    /** Whoever saw an older state changes nothing. */
    @Test
    void aChangeOfAnotherStateIsRefused() throws DirectoryException {
        String seen = rules.all(ALICE).getHeaderString("ETag");
        String tag = rules.replace(ALICE, seen, LISTS).getHeaderString("ETag");
        assertNotEquals(seen, tag);
        assertEquals(Fault.CHANGED, assertThrows(DirectoryException.class, () -> rules.replace(ALICE, seen, "{\"rules\":[]}")).fault());
        rules.replace(ALICE, tag, "{\"rules\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{}", "null", "{\"rules\":null}", "{\"rules\":[null]}", "{\"rules\":[]}x", "{\"rules\":[{}]}", "{\"rule\":[]}",
        "{\"rules\":[{\"name\":\"a\",\"conditions\":[],\"discard\":true}]}",
        "{\"rules\":[{\"name\":\"a\"," + CONDITIONS + "}]}",
        "{\"rules\":[{\"name\":\"a\"," + CONDITIONS + ",\"discard\":\"yes\"}]}",
        "{\"rules\":[{\"name\":\"a\"," + CONDITIONS + ",\"discrad\":true}]}",
        "{\"rules\":[{\"name\":\"a\"," + CONDITIONS + ",\"discard\":true,\"folder\":\"b\"}]}",
        "{\"rules\":[{\"name\":\"a\\r\\nredirect\"," + CONDITIONS + ",\"discard\":true}]}",
        "{\"rules\":[{\"name\":\"a\"," + CONDITIONS + ",\"folder\":\"a//b\"}]}",
        "{\"rules\":[{\"name\":\"a\"," + CONDITIONS + ",\"folder\":\"a*\"}]}",
        "{\"rules\":[{\"name\":\"a\"," + CONDITIONS + ",\"flags\":[\"\\\\Deleted\"]}]}",
        "{\"rules\":[{\"name\":\"a\"," + CONDITIONS + ",\"forward\":{\"targets\":[\"alice@example.test\"]}}]}",
        "{\"rules\":[{\"name\":\"a\"," + CONDITIONS + ",\"forward\":{\"targets\":[\"nobody\"]}}]}",
        "{\"rules\":[{\"name\":\"a\"," + CONDITIONS + ",\"forward\":{}}]}",
        "{\"rules\":[{\"name\":\"a\",\"conditions\":[{\"field\":\"size\",\"test\":\"is\",\"octets\":1}],\"discard\":true}]}",
        "{\"rules\":[{\"name\":\"a\",\"conditions\":[{\"field\":\"subject\",\"test\":\"over\",\"value\":\"1\"}],\"discard\":true}]}"})
    void nonsenseIsRefusedAndChangesNothing(String body) throws DirectoryException {
        assertEquals(Fault.INVALID, assertThrows(DirectoryException.class, () -> rules.replace(ALICE, null, body)).fault());
        assertEquals(List.of(), view(rules.all(ALICE)).rules());
    }

    @Test
    void whoIsNotThereIsMissing() {
        assertEquals(Fault.MISSING, assertThrows(DirectoryException.class, () -> rules.all("bob@example.test")).fault());
        assertEquals(Fault.MISSING, assertThrows(DirectoryException.class, () -> rules.replace("bob@example.test", null, LISTS)).fault());
    }

    private Mailbox mailbox(String name) {
        return storage.trees().tree(alice.id()).getMailboxesList().stream().filter(mailbox -> mailbox.getName().equals(name)).findFirst().orElseThrow();
    }

    private static RulesResource.RulesView view(Response response) {
        return (RulesResource.RulesView) response.getEntity();
    }
}
