package org.postel.imap.syntax;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What an extended LIST asks for beside names: RFC 5258 §3.
 *
 * @param extended whether any part of the extended syntax was used, options or several patterns
 * @param status   to be told of each mailbox (RFC 5819); empty: nothing
 * @param metadata entries to be told of each mailbox (RFC 9590); empty: none
 */
public record ListOptions(boolean extended, Set<Selection> selected, Set<Return> returned, Set<StatusItem> status,
                          List<String> metadata) {

    /** {@code list-select-opt}: which names are listed. */
    public enum Selection { SUBSCRIBED, REMOTE, RECURSIVEMATCH, SPECIAL_USE }

    /** {@code return-option}: what is said of each. */
    public enum Return { SUBSCRIBED, CHILDREN, SPECIAL_USE, MYRIGHTS }

    /** The selections that a name itself can meet; RECURSIVEMATCH is about those. */
    private static final Set<Selection> BASE = EnumSet.of(Selection.SUBSCRIBED, Selection.SPECIAL_USE);

    public boolean selects(Selection option) {
        return selected.contains(option);
    }

    /** Whether subscriptions are told; who selects by them is told (RFC 5258 §3.1). */
    public boolean tellsSubscriptions() {
        return selects(Selection.SUBSCRIBED) || returned.contains(Return.SUBSCRIBED);
    }

    /** The selections that CHILDINFO names, as it does. */
    public List<String> childInfo() {
        return BASE.stream().filter(selected::contains).map(option -> option.name().replace('_', '-')).toList();
    }
}
