package org.postel.mailbox.console;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.AppPassword;
import org.postel.mailbox.directory.AppPasswords;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.page.Answer;

/** The app passwords of an account, which an administrator may revoke; new ones are made by who uses them. */
final class AccountAppPasswordsPage {

    static final String PATH = "/admin/account/app-passwords";

    private final Desk desk;
    private final ReachedAccounts accounts;
    private final AppPasswords apps;
    private final Template page;

    AccountAppPasswordsPage(Desk desk, ReachedAccounts accounts, AppPasswords apps) {
        this.desk = desk;
        this.accounts = accounts;
        this.apps = apps;
        this.page = desk.template("admin-app-passwords.html");
    }

    void on(Router router) {
        desk.get(router, PATH, Scope.ACCOUNTS_READ, this::show);
        String back = Paths.with(PATH, ReachedAccounts.ADDRESS, "") + "*";
        accounts.change(router, PATH + "/revoke", "app-password.remove", List.of("id"), back, (guest, account) -> {
            apps.remove(account.id(), guest.field("id"));
            return new Answer.GoTo(Paths.with(PATH, ReachedAccounts.ADDRESS, account.address()), "admDone");
        });
    }

    /** One as the page shows it; {@code used} is empty when it never was. */
    public record Row(String id, String name, String protocols, String created, String used) {
        static Row of(AppPassword.Listed listed) {
            AppPassword password = listed.password();
            return new Row(password.id(), password.name(), password.protocols().stream().map(SessionProtocol::claim).sorted().collect(Collectors.joining(", ")),
                    password.created().toString(), listed.lastUse().map(use -> use.at() + " " + use.address()).orElse(""));
        }
    }

    private Answer show(Desk.Guest guest) throws DirectoryException {
        Account account = accounts.of(guest, guest.parameter(ReachedAccounts.ADDRESS));
        return desk.page(guest, page, Map.of("address", account.address(), "accountPath", Paths.account(account.address()),
                "rows", apps.list(account.id()).stream().map(Row::of).toList(), "mayChange", accounts.mayChange(guest, account)));
    }
}
