package org.postel.mailbox.console;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.desk.OwnDomains;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.AccountStatus;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.Listing;
import org.postel.mailbox.page.Answer;

/** Accounts: found, and made. */
final class AccountsPage {

    private static final String PATH = "/admin/accounts";
    private static final int ROWS = 50;
    private static final String ADDRESS = "address";

    private final Desk desk;
    private final Administration administration;
    private final Template page;

    AccountsPage(Desk desk, Administration administration) {
        this.desk = desk;
        this.administration = administration;
        this.page = desk.template("admin-accounts.html");
    }

    void on(Router router) {
        desk.get(router, PATH, Scope.ACCOUNTS_READ, guest -> desk.page(guest, page, data(guest, "")));
        desk.ask(router, PATH + "/search", Scope.ACCOUNTS_READ, guest -> new Answer.GoTo(Paths.with(PATH, "search", guest.field("search")), ""));
        desk.post(router, PATH + "/add", new Desk.Deed(Scope.ACCOUNTS_WRITE, "account.add", ADDRESS, List.of(), PATH), guest -> {
            OwnDomains.forNew(guest.authority(), administration, guest.field(ADDRESS));
            Account added = administration.addAccount(guest.field(ADDRESS), guest.visit().field("password"));
            return new Answer.GoTo(Paths.account(added.address()), "admDone");
        }, (guest, wrong) -> desk.again(guest, page, data(guest, wrong)));
    }

    /** An account as the list shows it; {@code state} is the name of a text. */
    public record Row(String address, String path, String state) {}

    /** @param wrong what is wrong with the form that was sent, the name of a text; empty: nothing is */
    private Map<String, Object> data(Desk.Guest guest, String wrong) throws DirectoryException {
        String search = guest.parameter("search");
        Optional<String> after = Optional.of(guest.parameter("after")).filter(given -> !given.isEmpty());
        List<String> domains = OwnDomains.asked(guest.authority(), administration, "");
        Listing.Part<Account> part = search.isEmpty() ? administration.accounts(domains, after, ROWS)
                : new Listing.Part<>(administration.find(domains, search, ROWS), Optional.empty());
        return Map.of("given", guest.field(ADDRESS), "wrong", wrong, "rows", part.items().stream().map(AccountsPage::row).toList(), "search", search,
                "next", part.next().map(last -> Paths.with(PATH, "after", last)).orElse(""), "most", search.isEmpty() ? 0 : ROWS);
    }

    private static Row row(Account account) {
        return new Row(account.address(), Paths.account(account.address()), state(account.status()));
    }

    static String state(AccountStatus status) {
        return switch (status) {
            case ACTIVE -> "admActive";
            case DISABLED -> "admSuspended";
            case DELETED -> "admDeleted";
        };
    }
}
