package org.postel.mail.rule;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postel.mail.mime.HeaderSection;
import org.postel.mail.mime.HeaderTexts;
import org.postel.mail.rule.Actions.End;
import org.postel.mail.rule.Actions.Folder;
import org.postel.mail.rule.Verdict.Copy;

/**
 * The rules of an account, in the order they are asked in.
 *
 * @param rules 100 at most
 */
public record RuleSet(List<Rule> rules) {

    /** Of an account without rules. */
    public static final RuleSet NONE = new RuleSet(List.of());

    private static final int MOST_RULES = 100;
    /** More would make one account a mailing list. */
    private static final int MOST_FORWARDS = 20;
    /** Characters compared for one message: about a tenth of a second. */
    private static final long MOST_STEPS = 20_000_000;

    public RuleSet {
        rules = List.copyOf(rules);
        if (rules.size() > MOST_RULES) {
            throw new IllegalArgumentException("an account has " + MOST_RULES + " rules at most");
        }
        if (rules.stream().flatMap(rule -> rule.actions().forwards().stream()).distinct().count() > MOST_FORWARDS) {
            throw new IllegalArgumentException("the rules of an account send mail on to " + MOST_FORWARDS + " addresses at most");
        }
    }

    /**
     * What the rules say of a message. Never throws: what cannot be judged stays.
     *
     * @param header the header section, or as much of it as is looked at
     * @param size   octets of the whole message
     */
    public Verdict of(byte[] header, long size) {
        return of(header, size, MOST_STEPS);
    }

    Verdict of(byte[] header, long size, long steps) {
        HeaderTexts texts = new HeaderTexts(new HeaderSection(header));
        Comparison comparison = new Comparison(steps);
        Set<String> flags = new LinkedHashSet<>();
        Set<String> forwards = new LinkedHashSet<>();
        List<String> applied = new ArrayList<>();
        try {
            for (Rule rule : rules) {
                if (rule.enabled() && holds(rule, texts, size, comparison)) {
                    applied.add(rule.name());
                    flags.addAll(rule.actions().flags());
                    forwards.addAll(rule.actions().forwards());
                    if (!(rule.actions().end() instanceof End.GoOn)) {
                        return verdict(rule.actions().end(), flags, forwards, applied);
                    }
                }
            }
        } catch (Comparison.TooLongException e) {
            return new Verdict(Copy.KEPT, Optional.empty(), List.of(), List.of(), List.of(), true);
        }
        return verdict(new End.GoOn(), flags, forwards, applied);
    }

    private static Verdict verdict(End end, Set<String> flags, Set<String> forwards, List<String> applied) {
        Copy copy = switch (end) {
            case End.GoOn(), End.Stop(), End.FileInto _ -> Copy.KEPT;
            case End.SentOn() -> Copy.SENT_ON;
            case End.Discard() -> Copy.DISCARDED;
        };
        Optional<Folder> folder = end instanceof End.FileInto into ? Optional.of(into.folder()) : Optional.empty();
        return new Verdict(copy, folder, List.copyOf(flags), List.copyOf(forwards), applied, false);
    }

    private static boolean holds(Rule rule, HeaderTexts texts, long size, Comparison comparison) {
        return rule.all() ? rule.conditions().stream().allMatch(condition -> holds(condition, texts, size, comparison))
                : rule.conditions().stream().anyMatch(condition -> holds(condition, texts, size, comparison));
    }

    private static boolean holds(Condition condition, HeaderTexts texts, long size, Comparison comparison) {
        return switch (condition) {
            case Condition.Size(boolean over, long octets) -> over ? size > octets : size < octets;
            case Condition.Field field -> {
                String pattern = Comparison.pattern(field.match(), field.value());
                boolean found = texts.of(field.name()).stream().anyMatch(text -> comparison.fits(text, pattern))
                        || field.hasAddresses() && texts.addresses(field.name()).stream().anyMatch(address -> comparison.fits(address, pattern));
                yield found != field.not();
            }
        };
    }
}
