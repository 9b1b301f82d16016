package org.postel.mailbox.page;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.postel.mailbox.directory.Account;

/**
 * The way round the pages of somebody who is signed in.
 *
 * @param entries in their order
 */
public record Navigation(List<Entry> entries) {

    /** The pages of an account. */
    public static final Navigation ACCOUNT = new Navigation(List.of(new Entry("/account", "overview", anybody -> true)));

    public Navigation {
        entries = List.copyOf(entries);
    }

    /**
     * A page.
     *
     * @param text  the name of the text of its link
     * @param shown to whom
     */
    public record Entry(String path, String text, Predicate<Account> shown) {}

    /** A link as the layout shows it. */
    public record Link(String path, String text, boolean current) {}

    /** With more pages behind these. */
    public Navigation with(List<Entry> more) {
        return new Navigation(Stream.concat(entries.stream(), more.stream()).toList());
    }

    /** What one account sees on one page. */
    List<Link> links(Account account, String path, Map<String, String> texts) {
        return entries.stream().filter(entry -> entry.shown().test(account))
                .map(entry -> new Link(entry.path(), texts.get(entry.text()), entry.path().equals(path))).toList();
    }
}
