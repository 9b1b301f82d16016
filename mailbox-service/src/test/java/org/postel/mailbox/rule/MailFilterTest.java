package org.postel.mailbox.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postel.mail.rule.Actions;
import org.postel.mail.rule.Actions.End;
import org.postel.mail.rule.Actions.Folder;
import org.postel.mail.rule.Condition;
import org.postel.mail.rule.Match;
import org.postel.mail.rule.Rule;
import org.postel.mail.rule.RuleSet;
import org.postel.mailbox.api.v1.Filing;
import org.postel.mailbox.api.v1.FilterRequest;
import org.postel.mailbox.api.v1.StoredCondition;
import org.postel.mailbox.api.v1.StoredRule;
import org.postel.mailbox.api.v1.StoredRules;
import org.postel.mailbox.rule.RuleStore.Version;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.store.Uuids;

class MailFilterTest {

    private final RulesInMemory store = new RulesInMemory();
    private final MailFilter filter = new MailFilter(store);
    private final UUID account = UUID.randomUUID();
    private final UUID folder = UUID.randomUUID();

    @Test
    void whatRulesSayIsToldWithTheirNames() {
        save(0, RuleRecords.stored(rules(new Actions(List.of("Work"), List.of("a@example.org"), new End.FileInto(new Folder("Lists", Optional.of(folder.toString())))))));
        assertEquals(Filing.newBuilder().setCopy(Filing.Copy.KEPT).setMailbox("Lists").setMailboxId(Uuids.toBytes(folder)).addFlags("Work")
                .addForward("a@example.org").addApplied("rule").build(), ask(10));
        assertEquals(Filing.getDefaultInstance(), filter.filter(request(10).setHeader(ByteString.EMPTY).build()).getFilings(0));
        assertEquals(Filing.getDefaultInstance(), filter.filter(request(10).setAccountId(0, Uuids.toBytes(UUID.randomUUID())).build()).getFilings(0));
    }

    /** Delivered again, a message is filed as before, however its rules were changed meanwhile. */
    @Test
    void aMessageIsJudgedByTheRulesOfItsTime() {
        save(100, RuleRecords.stored(rules(new Actions(List.of(), List.of(), new End.Discard()))));
        save(200, RuleRecords.stored(rules(new Actions(List.of(), List.of("a@example.org"), new End.SentOn()))));
        save(300, RuleRecords.stored(RuleSet.NONE));
        assertEquals(List.of(Filing.Copy.KEPT, Filing.Copy.DISCARDED, Filing.Copy.DISCARDED, Filing.Copy.SENT_ON, Filing.Copy.KEPT),
                List.of(99, 100, 199, 200, 300).stream().map(second -> ask(second).getCopy()).toList());
    }

    @Test
    void everyRuleIsStoredAsItIs() {
        RuleSet all = new RuleSet(List.of(
                new Rule("one", false, false, List.of(new Condition.Field("x-a", Match.MATCHES, "*\u00e9", true), new Condition.Size(true, 5)),
                        new Actions(List.of("\\Seen"), List.of(), new End.GoOn())),
                new Rule("two", true, true, List.of(new Condition.Field("from", Match.IS, "a", false), new Condition.Field("to", Match.CONTAINS, "b", false)),
                        new Actions(List.of(), List.of(), new End.Stop())),
                new Rule("three", true, true, List.of(new Condition.Size(false, 0)), new Actions(List.of(), List.of("a@b.example"), new End.SentOn())),
                new Rule("four", true, true, List.of(new Condition.Size(false, 0)), new Actions(List.of(), List.of(), new End.Discard())),
                new Rule("five", true, true, List.of(new Condition.Size(false, 0)),
                        new Actions(List.of(), List.of(), new End.FileInto(new Folder("x", Optional.of(folder.toString())))))));
        assertEquals(all, RuleRecords.rules(RuleRecords.stored(all)));
    }

    /** As a newer release may have stored them. */
    @Test
    void rulesThatCannotBeReadKeepMailInInbox() {
        save(0, StoredRules.newBuilder().addRules(StoredRule.newBuilder().setName("x").addConditions(StoredCondition.getDefaultInstance())
                .setEnd(StoredRule.End.DISCARD)).build());
        assertEquals(Filing.newBuilder().setTrouble("the rules cannot be read").build(), ask(10));
    }

    @Test
    void tooMuchAtOnceIsRefused() {
        assertThrows(StoreException.class, () -> filter.filter(FilterRequest.newBuilder()
                .addAllAccountId(Collections.nCopies(1001, Uuids.toBytes(account))).build()));
        assertThrows(StoreException.class, () -> filter.filter(request(1).setHeader(ByteString.copyFrom(new byte[(512 << 10) + 1])).build()));
        assertThrows(StoreException.class, () -> filter.filter(request(1).addAccountId(ByteString.copyFromUtf8("x")).build()));
    }

    private void save(long second, StoredRules rules) {
        store.save(account, store.history(account), new Version(Instant.ofEpochSecond(second), rules), Optional.empty());
    }

    private static RuleSet rules(Actions actions) {
        return new RuleSet(List.of(new Rule("rule", true, true, List.of(new Condition.Field("subject", Match.CONTAINS, "x", false)), actions)));
    }

    private Filing ask(long second) {
        return filter.filter(request(second).build()).getFilings(0);
    }

    private FilterRequest.Builder request(long second) {
        return FilterRequest.newBuilder().setHeader(ByteString.copyFromUtf8("Subject: x\r\n\r\n")).setSize(1).setAcceptedAt(second * 1000)
                .addAccountId(Uuids.toBytes(account));
    }
}
