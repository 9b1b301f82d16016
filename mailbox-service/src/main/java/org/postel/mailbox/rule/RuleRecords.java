package org.postel.mailbox.rule;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.postel.mail.rule.Actions;
import org.postel.mail.rule.Actions.End;
import org.postel.mail.rule.Actions.Folder;
import org.postel.mail.rule.Condition;
import org.postel.mail.rule.Match;
import org.postel.mail.rule.Rule;
import org.postel.mail.rule.RuleSet;
import org.postel.mailbox.api.v1.StoredCondition;
import org.postel.mailbox.api.v1.StoredFieldCondition;
import org.postel.mailbox.api.v1.StoredRule;
import org.postel.mailbox.api.v1.StoredRules;
import org.postel.mailbox.api.v1.StoredSizeCondition;

/** Rules as they are stored, and back. */
final class RuleRecords {

    private static final int ID_OCTETS = 16;

    private RuleRecords() {}

    static StoredRules stored(RuleSet rules) {
        StoredRules.Builder stored = StoredRules.newBuilder();
        rules.rules().forEach(rule -> stored.addRules(stored(rule)));
        return stored.build();
    }

    /** @throws IllegalArgumentException when a rule is none, as a newer release may have stored it */
    static RuleSet rules(StoredRules stored) {
        return new RuleSet(stored.getRulesList().stream().map(RuleRecords::rule).toList());
    }

    private static StoredRule stored(Rule rule) {
        StoredRule.Builder stored = StoredRule.newBuilder().setName(rule.name()).setDisabled(!rule.enabled()).setAny(!rule.all())
                .addAllFlags(rule.actions().flags()).addAllForwards(rule.actions().forwards());
        rule.conditions().forEach(condition -> stored.addConditions(stored(condition)));
        switch (rule.actions().end()) {
            case End.GoOn() -> stored.setEnd(StoredRule.End.GO_ON);
            case End.Stop() -> stored.setEnd(StoredRule.End.STOP);
            case End.SentOn() -> stored.setEnd(StoredRule.End.SENT_ON);
            case End.Discard() -> stored.setEnd(StoredRule.End.DISCARD);
            case End.FileInto(Folder folder) -> stored.setEnd(StoredRule.End.FILE_INTO).setFolder(folder.name()).setFolderId(octets(folder));
        }
        return stored.build();
    }

    private static StoredCondition stored(Condition condition) {
        return switch (condition) {
            case Condition.Size(boolean over, long octets) ->
                StoredCondition.newBuilder().setSize(StoredSizeCondition.newBuilder().setOver(over).setOctets(octets)).build();
            case Condition.Field(String name, Match match, String value, boolean not) -> StoredCondition.newBuilder()
                    .setField(StoredFieldCondition.newBuilder().setName(name).setMatch(StoredFieldCondition.Match.valueOf(match.name()))
                            .setValue(value).setNegated(not)).build();
        };
    }

    private static Rule rule(StoredRule stored) {
        return new Rule(stored.getName(), !stored.getDisabled(), !stored.getAny(),
                stored.getConditionsList().stream().map(RuleRecords::condition).toList(),
                new Actions(stored.getFlagsList(), stored.getForwardsList(), end(stored)));
    }

    private static Condition condition(StoredCondition stored) {
        return switch (stored.getAsksCase()) {
            case SIZE -> new Condition.Size(stored.getSize().getOver(), stored.getSize().getOctets());
            case FIELD -> new Condition.Field(stored.getField().getName(), match(stored.getField().getMatch()), stored.getField().getValue(),
                    stored.getField().getNegated());
            case ASKS_NOT_SET -> throw new IllegalArgumentException("a condition that this release does not know");
        };
    }

    private static Match match(StoredFieldCondition.Match stored) {
        return switch (stored) {
            case CONTAINS -> Match.CONTAINS;
            case IS -> Match.IS;
            case MATCHES -> Match.MATCHES;
            case UNRECOGNIZED -> throw new IllegalArgumentException("a comparison that this release does not know");
        };
    }

    private static End end(StoredRule stored) {
        return switch (stored.getEnd()) {
            case GO_ON -> new End.GoOn();
            case STOP -> new End.Stop();
            case SENT_ON -> new End.SentOn();
            case DISCARD -> new End.Discard();
            case FILE_INTO -> new End.FileInto(new Folder(stored.getFolder(),
                    Optional.of(stored.getFolderId()).filter(id -> id.size() == ID_OCTETS).map(RuleRecords::id).map(UUID::toString)));
            case UNRECOGNIZED -> throw new IllegalArgumentException("an action that this release does not know");
        };
    }

    /** The octets of a folder's id; none where it has none. */
    static ByteString octets(Folder folder) {
        return folder.id().map(UUID::fromString)
                .map(id -> ByteString.copyFrom(ByteBuffer.allocate(ID_OCTETS).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).flip()))
                .orElse(ByteString.EMPTY);
    }

    static UUID id(ByteString octets) {
        ByteBuffer bits = octets.asReadOnlyByteBuffer();
        return new UUID(bits.getLong(), bits.getLong());
    }
}
