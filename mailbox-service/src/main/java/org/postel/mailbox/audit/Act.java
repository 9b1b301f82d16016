package org.postel.mailbox.audit;

/**
 * Something that an administrator wants done.
 *
 * @param who    acts
 * @param from   the address that the request came from
 * @param what   such as {@code account.add}
 * @param on     an address, a domain or an id; empty: nothing in particular
 * @param detail what it is changed to; never a secret
 */
public record Act(String who, String from, String what, String on, String detail) {

    /** Characters that are kept of a detail. */
    public static final int LONGEST_DETAIL = 2_000;
    private static final int LONGEST = 500;

    public Act {
        who = cut(who, LONGEST);
        from = cut(from, LONGEST);
        what = cut(what, LONGEST);
        on = cut(on, LONGEST);
        detail = cut(detail, LONGEST_DETAIL);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }
}
