package org.postel.mailbox.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.postel.mail.rule.Actions;
import org.postel.mail.rule.Actions.End;
import org.postel.mail.rule.Actions.Folder;
import org.postel.mail.rule.Condition;
import org.postel.mail.rule.Rule;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.CanonicalAddress;

/** A rule as the form shows it, all of it, so that saving what was shown changes nothing. */
final class RuleForm {

    /** As a rule has. */
    private static final int MOST_ROWS = 20;
    private static final int EMPTY_ROWS = 3;
    private static final String GO_ON = "goOn";
    private static final String STOP = "stop";
    private static final String FILE = "file";
    private static final String SENT_ON = "sentOn";
    private static final String DISCARD = "discard";
    static final List<String> ENDS = List.of(GO_ON, FILE, STOP, SENT_ON, DISCARD);

    private final Form form = new Form();
    private final List<ConditionRow> rows = new ArrayList<>();
    private Optional<Rule> rule = Optional.empty();

    private RuleForm() {}

    /** Of a new rule. */
    static RuleForm empty() {
        RuleForm made = new RuleForm();
        made.fill("", "on", "all", "", "", FILE, "");
        return made.padded();
    }

    static RuleForm of(Rule rule) {
        RuleForm made = new RuleForm();
        Actions actions = rule.actions();
        String folder = actions.end() instanceof End.FileInto(Folder into) ? into.name() : "";
        made.fill(rule.name(), rule.enabled() ? "on" : "", rule.all() ? "all" : "any", String.join(" ", actions.flags()),
                String.join("\n", actions.forwards()), end(actions.end()), folder);
        rule.conditions().forEach(condition -> made.rows.add(ConditionRow.of(made.rows.size(), condition)));
        return made.padded();
    }

    /** What somebody typed; {@link #rule} is there when all of it is right. */
    static RuleForm read(Visit visit) {
        RuleForm made = new RuleForm();
        made.fill(visit.field("name").strip(), visit.ticked("enabled") ? "on" : "", visit.field("match"), visit.field("flags"), visit.field("forwards"),
                visit.field("end"), visit.field("folder").strip());
        List<Condition> conditions = made.conditions(visit);
        made.rule = made.made(visit, conditions);
        return made.padded();
    }

    /** The rule it is; empty while something is wrong. */
    Optional<Rule> rule() {
        return rule;
    }

    /** With something wrong that is no single field's. */
    RuleForm wrong(String text) {
        form.wrong(text);
        return this;
    }

    Map<String, Object> data() {
        Map<String, Object> data = new HashMap<>(form.data());
        data.put("conditions", List.copyOf(rows));
        return data;
    }

    private void fill(String name, String enabled, String match, String flags, String forwards, String end, String folder) {
        form.with("name", name).with("enabled", enabled).with("match", match).with("flags", flags).with("forwards", forwards).with("end", end)
                .with("folder", folder).with("conditions", "");
    }

    private RuleForm padded() {
        for (int more = 0; more < EMPTY_ROWS && rows.size() < MOST_ROWS; more++) {
            rows.add(ConditionRow.empty(rows.size()));
        }
        return this;
    }

    private List<Condition> conditions(Visit visit) {
        List<Condition> read = new ArrayList<>();
        for (int number = 0; number < MOST_ROWS; number++) {
            ConditionRow row = ConditionRow.read(number, visit);
            if (!row.isEmpty()) {
                try {
                    read.add(row.condition());
                    rows.add(row);
                } catch (IllegalArgumentException e) {
                    form.wrong("conditions", "wrongCondition");
                    rows.add(row.wrong("wrongCondition"));
                }
            }
        }
        for (int number = 0; number < rows.size(); number++) {
            ConditionRow row = rows.get(number);
            rows.set(number, new ConditionRow(number, row.field(), row.header(), row.test(), row.value(), row.wrong()));
        }
        if (rows.isEmpty()) {
            form.wrong("conditions", "noCondition");
        }
        return read;
    }

    private Optional<Rule> made(Visit visit, List<Condition> conditions) {
        List<String> flags = Stream.of(visit.field("flags").strip().split("[\\s,]+")).filter(flag -> !flag.isEmpty()).toList();
        List<String> forwards = Stream.of(visit.field("forwards").strip().split("[\\s,;]+")).filter(target -> !target.isEmpty()).toList();
        tried("flags", "wrongFlags", () -> new Actions(flags, List.of(), new End.Stop()));
        if (!forwards.stream().allMatch(target -> canBeSentTo(visit.account(), target))) {
            form.wrong("forwards", "wrongTargets");
        }
        tried("name", "wrongName", () -> new Rule(visit.field("name").strip(), true, true, List.of(new Condition.Size(true, 0)), new Actions(List.of(), List.of(), new End.Stop())));
        Optional<End> end = switch (visit.field("end")) {
            case GO_ON -> Optional.of(new End.GoOn());
            case STOP -> Optional.of(new End.Stop());
            case SENT_ON -> Optional.of(new End.SentOn());
            case DISCARD -> Optional.of(new End.Discard());
            default -> tried("folder", "wrongFolder", () -> new End.FileInto(new Folder(visit.field("folder").strip(), Optional.empty())));
        };
        Optional<Actions> actions = form.isRight() ? tried("end", "wrongActions", () -> new Actions(flags, forwards, end.orElseThrow())) : Optional.empty();
        return actions.map(does -> new Rule(visit.field("name").strip(), visit.ticked("enabled"), !visit.field("match").equals("any"), conditions, does));
    }

    /** What can or cannot be made of what was typed. */
    @FunctionalInterface
    private interface Making<T> {
        T make();
    }

    private <T> Optional<T> tried(String field, String text, Making<T> making) {
        try {
            return Optional.of(making.make());
        } catch (IllegalArgumentException e) {
            form.wrong(field, text);
            return Optional.empty();
        }
    }

    private static boolean canBeSentTo(Account account, String target) {
        return CanonicalAddress.of(target).filter(address -> !account.sendsFrom().contains(address.toString())).isPresent();
    }

    /** The value of the form for it. */
    static String end(End end) {
        return switch (end) {
            case End.GoOn() -> GO_ON;
            case End.Stop() -> STOP;
            case End.FileInto _ -> FILE;
            case End.SentOn() -> SENT_ON;
            case End.Discard() -> DISCARD;
        };
    }
}
