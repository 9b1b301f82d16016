package org.postel.mailbox.page;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.postel.mail.rule.Actions.End;
import org.postel.mail.rule.Actions.Folder;
import org.postel.mail.rule.Rule;
import org.postel.mail.rule.RuleSet;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.rule.AccountRules;
import org.postel.mailbox.storage.Quota;

/** What happens to an account's mail when it comes: its rules, each with a form of its own, and their order. */
final class RulesPage {

    private static final String PATH = "/account/rules";

    private final Site site;
    private final AccountRules rules;
    private final Administration administration;
    private final Template list;
    private final Template one;

    RulesPage(Site site, AccountRules rules, Administration administration) {
        this.site = site;
        this.rules = rules;
        this.administration = administration;
        this.list = site.template("rules.html");
        this.one = site.template("rule.html");
    }

    void on(Router router) {
        site.get(router, PATH, this::show);
        site.get(router, PATH + "/edit", this::edit);
        site.post(router, PATH + "/edit", this::save);
        site.post(router, PATH + "/up", this::up);
        site.post(router, PATH + "/delete", this::delete);
    }

    /**
     * A rule in the list.
     *
     * @param conditions in words
     * @param folder     where it files mail, or empty
     * @param end        how it ends otherwise, in words; empty: the next one is asked
     */
    public record Row(int number, String name, boolean enabled, boolean all, List<String> conditions, List<String> flags, List<String> forwards,
            String folder, String end) {
        static Row of(int number, Rule rule, Map<String, String> texts) {
            End end = rule.actions().end();
            boolean told = !(end instanceof End.GoOn) && !(end instanceof End.FileInto);
            return new Row(number, rule.name(), rule.enabled(), rule.all(),
                    rule.conditions().stream().map(condition -> ConditionRow.of(0, condition).words(texts)).toList(),
                    rule.actions().flags(), rule.actions().forwards(), end instanceof End.FileInto(Folder folder) ? folder.name() : "",
                    told ? texts.get("end-" + RuleForm.end(end)) : "");
        }
    }

    /** One of several that can be chosen. */
    public record Choice(String value, String text) {}

    private Answer show(Visit visit) {
        AccountRules.Saved saved = rules.of(visit.account().id());
        List<Rule> all = saved.rules().rules();
        return Answer.page(list, Map.of("rows", IntStream.range(0, all.size()).mapToObj(number -> Row.of(number, all.get(number), visit.texts())).toList(),
                SettingsForm.SEEN, saved.revision()));
    }

    private Answer edit(Visit visit) throws DirectoryException {
        AccountRules.Saved saved = rules.of(visit.account().id());
        if (visit.parameter("rule").isEmpty()) {
            return Answer.page(one, data(visit, RuleForm.empty(), "", Integer.toString(saved.revision())));
        }
        Rule rule = saved.rules().rules().get(number(visit.parameter("rule"), saved).orElseThrow(RulesPage::missing));
        return Answer.page(one, data(visit, RuleForm.of(rule), visit.parameter("rule"), Integer.toString(saved.revision())));
    }

    private Map<String, Object> data(Visit visit, RuleForm form, String rule, String seen) throws DirectoryException {
        Map<String, Object> data = new HashMap<>(form.data());
        data.put("rule", rule);
        data.put(SettingsForm.SEEN, seen);
        data.put("fields", ConditionRow.FIELDS.stream().map(field -> new Choice(field, visit.texts().get("field-" + field))).toList());
        data.put("tests", Stream.concat(Arrays.stream(RuleTest.values()).map(RuleTest::text), Stream.of(ConditionRow.OVER, ConditionRow.UNDER))
                .map(test -> new Choice(test, visit.texts().get("test-" + test))).toList());
        data.put("ends", RuleForm.ENDS.stream().map(end -> new Choice(end, visit.texts().get("end-" + end))).toList());
        data.put("folders", administration.folders(visit.account().address()).stream().map(Quota.Folder::name).toList());
        return data;
    }

    private Answer save(Visit visit) throws DirectoryException {
        RuleForm form = RuleForm.read(visit);
        String which = visit.field("rule");
        AccountRules.Saved saved = rules.of(visit.account().id());
        if (form.rule().isEmpty()) {
            // As it was shown: of a later revision the number may be another rule's.
            return Answer.again(one, data(visit, form, which, visit.field(SettingsForm.SEEN)));
        }
        List<Rule> all = new ArrayList<>(saved.rules().rules());
        if (which.isEmpty()) {
            all.add(form.rule().get());
        } else {
            all.set(number(which, saved).orElseThrow(RulesPage::missing), form.rule().get());
        }
        try {
            save(visit, all);
            return new Answer.GoTo(PATH, "ruleSaved");
        } catch (DirectoryException e) {
            if (e.fault() == Fault.INVALID) {
                return Answer.again(one, data(visit, form.wrong("wrongRules"), which, visit.field(SettingsForm.SEEN)));
            }
            // Among other rules the number may be another rule's; one that is new has none.
            return which.isEmpty()
                    ? Answer.again(one, data(visit, form.wrong("changedWhileTyping"), which, Integer.toString(rules.of(visit.account().id()).revision())))
                    : new Answer.GoTo(PATH, "changedMeanwhile");
        }
    }

    private Answer up(Visit visit) throws DirectoryException {
        AccountRules.Saved saved = rules.of(visit.account().id());
        List<Rule> all = new ArrayList<>(saved.rules().rules());
        int number = number(visit.field("rule"), saved).orElseThrow(RulesPage::missing);
        if (number > 0) {
            Collections.swap(all, number, number - 1);
            save(visit, all);
        }
        return new Answer.GoTo(PATH, "ruleSaved");
    }

    private Answer delete(Visit visit) throws DirectoryException {
        AccountRules.Saved saved = rules.of(visit.account().id());
        List<Rule> all = new ArrayList<>(saved.rules().rules());
        all.remove((int) number(visit.field("rule"), saved).orElseThrow(RulesPage::missing));
        save(visit, all);
        return new Answer.GoTo(PATH, "ruleDeleted");
    }

    /** Only where nobody changed them since the page was shown: numbers would mean others. */
    private void save(Visit visit, List<Rule> all) throws DirectoryException {
        try {
            RuleSet wanted = new RuleSet(all);
            rules.save(visit.account(), wanted, now -> {
                if (!visit.field(SettingsForm.SEEN).equals(Integer.toString(now.revision()))) {
                    throw new DirectoryException(Fault.CHANGED, "they were changed meanwhile");
                }
            });
        } catch (IllegalArgumentException e) {
            throw new DirectoryException(Fault.INVALID, e.getMessage());
        }
    }

    private static OptionalInt number(String written, AccountRules.Saved saved) {
        return IntStream.range(0, saved.rules().rules().size()).filter(number -> written.equals(Integer.toString(number))).findFirst();
    }

    private static DirectoryException missing() {
        return new DirectoryException(Fault.MISSING, "no such rule");
    }
}
