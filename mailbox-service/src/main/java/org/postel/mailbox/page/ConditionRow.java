package org.postel.mailbox.page;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postel.mail.rule.Condition;

/**
 * A condition of a rule as the form shows it.
 *
 * @param number of the row
 * @param field  one of {@link #FIELDS}
 * @param header the field's name where it is another one
 * @param test   of a {@link RuleTest}, or how a size compares
 * @param value  what with; of a size a number, with k or M for thousands or millions of octets. Empty: the row is no condition
 * @param wrong  the name of the text that says what is wrong with it, or empty
 */
public record ConditionRow(int number, String field, String header, String test, String value, String wrong) {

    static final String SIZE = "size";
    static final String OTHER = "other";
    static final String OVER = "over";
    static final String UNDER = "under";
    static final List<String> FIELDS = List.of("from", "to", "cc", "subject", "list-id", SIZE, OTHER);

    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,10}) ?([kKmM]?)[bBoO]?");
    private static final long THOUSAND = 1_000;
    private static final long MILLION = 1_000_000;

    static ConditionRow empty(int number) {
        return new ConditionRow(number, "from", "", RuleTest.CONTAINS.text(), "", "");
    }

    static ConditionRow of(int number, Condition condition) {
        return switch (condition) {
            case Condition.Size(boolean over, long octets) -> new ConditionRow(number, SIZE, "", over ? OVER : UNDER, amount(octets), "");
            case Condition.Field field -> {
                boolean known = FIELDS.contains(field.name()) && !field.name().equals(OTHER) && !field.name().equals(SIZE);
                yield new ConditionRow(number, known ? field.name() : OTHER, known ? "" : field.name(),
                        RuleTest.of(field.match(), field.not()).text(), field.value(), "");
            }
        };
    }

    static ConditionRow read(int number, Visit visit) {
        return new ConditionRow(number, visit.field("field-" + number), visit.field("header-" + number), visit.field("test-" + number),
                visit.field("value-" + number), "");
    }

    boolean isEmpty() {
        return value.isEmpty();
    }

    ConditionRow wrong(String text) {
        return new ConditionRow(number, field, header, test, value, text);
    }

    /** As a sentence. */
    String words(Map<String, String> texts) {
        return (header.isEmpty() ? texts.get("field-" + field) : header) + " " + texts.get("test-" + test) + " " + value;
    }

    /** @throws IllegalArgumentException when it is none */
    Condition condition() {
        if (field.equals(SIZE)) {
            if (!test.equals(OVER) && !test.equals(UNDER)) {
                throw new IllegalArgumentException("a size is over or under");
            }
            return new Condition.Size(test.equals(OVER), octets(value.strip()));
        }
        RuleTest compared = RuleTest.of(test).orElseThrow(() -> new IllegalArgumentException("a size compares otherwise"));
        return new Condition.Field(field.equals(OTHER) ? header.strip().toLowerCase(Locale.ROOT) : field, compared.match(), value, compared.not());
    }

    private static long octets(String written) {
        Matcher parts = AMOUNT.matcher(written);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no size");
        }
        long unit = parts.group(2).isEmpty() ? 1 : parts.group(2).equalsIgnoreCase("k") ? THOUSAND : MILLION;
        return Long.parseLong(parts.group(1)) * unit;
    }

    private static String amount(long octets) {
        if (octets > 0 && octets % MILLION == 0) {
            return octets / MILLION + "M";
        }
        return octets > 0 && octets % THOUSAND == 0 ? octets / THOUSAND + "k" : Long.toString(octets);
    }
}
