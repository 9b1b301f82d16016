package org.postel.mailbox.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.postel.mail.rule.Actions;
import org.postel.mail.rule.Actions.End;
import org.postel.mail.rule.Actions.Folder;
import org.postel.mail.rule.Condition;
import org.postel.mail.rule.Match;
import org.postel.mail.rule.Rule;

/**
 * A rule as JSON. What is null is left out, and means what it would for a new rule.
 *
 * @param enabled true where it is left out
 * @param match   {@code all}, the default, or {@code any} of the conditions
 * @param flags   none where left out
 * @param forward where the mail goes on to; null: nowhere
 * @param folder  where it is kept; null: in INBOX, or where another rule says
 * @param discard true: no copy stays
 * @param stop    true: no other rule is asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RuleView(String name, Boolean enabled, String match, List<ConditionView> conditions, List<String> flags, ForwardView forward,
        String folder, Boolean discard, Boolean stop) {

    private static final String SIZE = "size";
    private static final String OVER = "over";
    private static final String UNDER = "under";

    /**
     * One condition.
     *
     * @param field  name of a header field, or {@code size}
     * @param test   {@code contains}, {@code is} or {@code matches}; of the size {@code over} or {@code under}
     * @param value  what a field is compared with
     * @param octets what the size is compared with
     * @param not    true: where the field does not fit
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ConditionView(String field, String test, String value, Long octets, Boolean not) {

        static ConditionView of(Condition condition) {
            return switch (condition) {
                case Condition.Size(boolean over, long octets) -> new ConditionView(SIZE, over ? OVER : UNDER, null, octets, null);
                case Condition.Field(String name, Match match, String value, boolean not) ->
                    new ConditionView(name, match.name().toLowerCase(Locale.ROOT), value, null, not ? true : null);
            };
        }

        Condition condition() {
            String asked = required(test, "test");
            if (SIZE.equalsIgnoreCase(required(field, "field"))) {
                if (octets == null || value != null || not != null || !asked.equals(OVER) && !asked.equals(UNDER)) {
                    throw new IllegalArgumentException("a size is \"over\" or \"under\" a number of \"octets\"");
                }
                return new Condition.Size(asked.equals(OVER), octets);
            }
            Match match = switch (asked) {
                case "contains" -> Match.CONTAINS;
                case "is" -> Match.IS;
                case "matches" -> Match.MATCHES;
                default -> throw new IllegalArgumentException("a test is \"contains\", \"is\" or \"matches\"");
            };
            return new Condition.Field(field, match, required(value, "value"), Boolean.TRUE.equals(not));
        }
    }

    /**
     * Where mail goes on to.
     *
     * @param keep whether a copy stays; true where it is left out
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ForwardView(List<String> targets, Boolean keep) {}

    static RuleView of(Rule rule) {
        Actions actions = rule.actions();
        boolean sentOn = actions.end() instanceof End.SentOn;
        return new RuleView(rule.name(), rule.enabled(), rule.all() ? "all" : "any", rule.conditions().stream().map(ConditionView::of).toList(),
                actions.flags().isEmpty() ? null : actions.flags(), actions.forwards().isEmpty() ? null : new ForwardView(actions.forwards(), !sentOn),
                actions.end() instanceof End.FileInto(Folder folder) ? folder.name() : null,
                actions.end() instanceof End.Discard ? true : null, actions.end() instanceof End.Stop ? true : null);
    }

    /** @throws IllegalArgumentException when it is no rule; the message says why */
    Rule rule() {
        boolean all = switch (match == null ? "all" : match) {
            case "all" -> true;
            case "any" -> false;
            default -> throw new IllegalArgumentException("\"match\" is \"all\" or \"any\"");
        };
        List<String> targets = forward == null ? List.of() : present(required(forward.targets(), "targets"));
        return new Rule(required(name, "name"), !Boolean.FALSE.equals(enabled), all,
                present(required(conditions, "conditions")).stream().map(ConditionView::condition).toList(),
                new Actions(flags == null ? List.of() : present(flags), targets, end()));
    }

    private End end() {
        List<End> ends = new ArrayList<>();
        Optional.ofNullable(folder).ifPresent(name -> ends.add(new End.FileInto(new Folder(name, Optional.empty()))));
        if (Boolean.TRUE.equals(discard)) {
            ends.add(new End.Discard());
        }
        if (forward != null && Boolean.FALSE.equals(forward.keep())) {
            ends.add(new End.SentOn());
        }
        if (ends.size() > 1) {
            throw new IllegalArgumentException("a rule has one of \"folder\", \"discard\", and \"forward\" with \"keep\": false");
        }
        return ends.isEmpty() ? Boolean.TRUE.equals(stop) ? new End.Stop() : new End.GoOn() : ends.getFirst();
    }

    private static <T> T required(T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException("the field \"" + field + "\" is missing");
        }
        return value;
    }

    private static <T> List<T> present(List<T> values) {
        if (values.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("null in a list");
        }
        return values;
    }
}
