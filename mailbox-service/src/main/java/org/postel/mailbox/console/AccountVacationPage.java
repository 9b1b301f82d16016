package org.postel.mailbox.console;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.directory.Vacation;
import org.postel.mailbox.page.Answer;
import org.postel.mailbox.page.Form;
import org.postel.mailbox.page.VacationForm;
import org.postel.mailbox.page.Words;

/** What who writes to an account hears while its owner is away, set by an administrator. */
final class AccountVacationPage {

    static final String PATH = "/admin/account/vacation";

    private final Desk desk;
    private final Administration administration;
    private final ReachedAccounts accounts;
    private final Template page;

    AccountVacationPage(Desk desk, Administration administration, ReachedAccounts accounts) {
        this.desk = desk;
        this.administration = administration;
        this.accounts = accounts;
        this.page = desk.template("admin-vacation.html");
    }

    void on(Router router) {
        desk.get(router, PATH, Scope.ACCOUNTS_READ, this::show);
        accounts.change(router, PATH, "account.vacation", List.of("subject", "start", "end"), this::change, this::again);
        accounts.change(router, PATH + "/off", "account.vacation-off", List.of(), Paths.with(PATH, ReachedAccounts.ADDRESS, "") + "*", (guest, account) -> {
            administration.change(account.address(), before ->
                    before.settings().withVacation(before.settings().vacation().map(vacation -> vacation.switched(false))));
            return done(account);
        });
    }

    private Answer show(Desk.Guest guest) throws DirectoryException {
        Account account = accounts.of(guest, guest.parameter(ReachedAccounts.ADDRESS));
        return desk.page(guest, page, data(guest, account, VacationForm.stored(account.settings().vacation(), guest.visit().zone())));
    }

    private Answer change(Desk.Guest guest, Account account) throws DirectoryException {
        if (!VacationForm.typed(guest.visit()).isRight()) {
            throw new DirectoryException(Fault.INVALID, "a day is written as 2026-07-01");
        }
        administration.change(account.address(), before -> {
            Optional<Vacation> next = Optional.of(VacationForm.made(guest.visit(), before.settings().vacation()));
            return ReachedAccounts.shown(guest, before).withVacation(next);
        });
        return done(account);
    }

    private Answer again(Desk.Guest guest, String wrong) throws DirectoryException {
        Account account = accounts.of(guest, guest.field(ReachedAccounts.ADDRESS));
        return desk.again(guest, page, data(guest, account, VacationForm.typed(guest.visit()).wrong(wrong)));
    }

    private static Answer done(Account account) {
        return new Answer.GoTo(Paths.with(PATH, ReachedAccounts.ADDRESS, account.address()), "admDone");
    }

    private Map<String, Object> data(Desk.Guest guest, Account account, Form form) {
        Map<String, Object> data = new HashMap<>(form.data());
        data.put("address", account.address());
        data.put(ReachedAccounts.SEEN, ReachedAccounts.seen(account));
        data.put("zone", Words.of(guest.visit()).zone());
        data.put("accountPath", Paths.account(account.address()));
        data.put("on", account.settings().vacation().filter(Vacation::on).isPresent());
        data.put("mayChange", accounts.mayChange(guest, account));
        return data;
    }
}
