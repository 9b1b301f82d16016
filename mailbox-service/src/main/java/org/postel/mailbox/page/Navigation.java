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

    private static final String HOME = "/account";

    /** The pages of an account. */
    public static final Navigation ACCOUNT = new Navigation(List.of(
            of(HOME, "overview"), of("/account/password", "passwordTitle"), of("/account/app-passwords", "appsTitle"),
            of("/account/protocols", "protocolsTitle"), of("/account/rules", "rulesTitle"), of("/account/forwarding", "forwardingTitle"), of("/account/vacation", "vacationTitle"),
            of("/account/sessions", "sessionsTitle"), of("/account/log-ins", "logInsTitle"), of("/connect", "connectTitle")));

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

    private static Entry of(String path, String text) {
        return new Entry(path, text, anybody -> true);
    }

    /** With more pages behind these. */
    public Navigation with(List<Entry> more) {
        return new Navigation(Stream.concat(entries.stream(), more.stream()).toList());
    }

    /** What one account sees on one page. */
    List<Link> links(Account account, String path, Map<String, String> texts) {
        return entries.stream().filter(entry -> entry.shown().test(account))
                .map(entry -> new Link(entry.path(), texts.get(entry.text()), path.equals(entry.path()) || path.startsWith(entry.path() + "/") && !entry.path().equals(HOME))).toList();
    }
}
