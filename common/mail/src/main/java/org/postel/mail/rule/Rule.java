package org.postel.mail.rule;

import java.util.List;

/**
 * One rule.
 *
 * @param name       for its owner, 1 to 100 characters
 * @param enabled    false: it is passed over
 * @param all        whether all conditions must hold, or any
 * @param conditions 1 to 20
 * @param actions    what is done then
 */
public record Rule(String name, boolean enabled, boolean all, List<Condition> conditions, Actions actions) {

    private static final int LONGEST_NAME = 100;
    private static final int MOST_CONDITIONS = 20;

    public Rule {
        conditions = List.copyOf(conditions);
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a rule's name has 1 to " + LONGEST_NAME + " characters, none of them a control character");
        }
        if (conditions.isEmpty() || conditions.size() > MOST_CONDITIONS) {
            throw new IllegalArgumentException("a rule has 1 to " + MOST_CONDITIONS + " conditions");
        }
    }
}
