package org.postel.mailbox.console;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.postel.mailbox.authority.Role;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.desk.OwnDomains;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.AccountGrace;
import org.postel.mailbox.directory.AccountSettings;
import org.postel.mailbox.directory.AccountStatus;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.directory.Forwarding;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.page.Answer;
import org.postel.mailbox.sending.Limits;
import org.postel.mailbox.sending.OwnLimits;
import org.postel.mailbox.storage.Quota;

/** One account: what it may do, what it may hold, and whether it is there. */
final class AccountPage {

    private static final String PATH = "/admin/account";
    private static final String ADDRESS = ReachedAccounts.ADDRESS;
    private static final String BACK = PATH + "?address=*";

    private final Desk desk;
    private final Administration administration;
    private final ReachedAccounts accounts;
    private final AccountGrace grace;
    private final Limits sending;
    private final Template page;

    /** @param sending what accounts may send that have no limits of their own */
    AccountPage(Desk desk, Administration administration, ReachedAccounts accounts, AccountGrace grace, Limits sending) {
        this.desk = desk;
        this.administration = administration;
        this.accounts = accounts;
        this.grace = grace;
        this.sending = sending;
        this.page = desk.template("admin-account.html");
    }

    void on(Router router) {
        desk.get(router, PATH, Scope.ACCOUNTS_READ, this::show);
        change(router, "status", "account.status", List.of("status"), (guest, address) -> administration.change(address, before ->
                before.settings().withStatus(open(before, guest.field("status").equals("suspend") ? AccountStatus.DISABLED : AccountStatus.ACTIVE))));
        change(router, "protocols", "account.protocols", List.of("imap", "pop3", "submission"), (guest, address) -> administration.change(address, before -> {
            AccountSettings settings = ReachedAccounts.shown(guest, before);
            for (SessionProtocol protocol : SessionProtocol.values()) {
                settings = settings.with(protocol, guest.visit().ticked(protocol.claim()));
            }
            return settings;
        }));
        change(router, "quota", "account.quota", List.of("bytes", "messages"), (guest, address) -> {
            Quota wanted = new Quota(limit(guest.field("bytes")), limit(guest.field("messages")));
            if (!guest.field(ReachedAccounts.SEEN).equals(seen(administration.quota(address).limits()))) {
                throw new DirectoryException(Fault.CHANGED, "it was changed meanwhile");
            }
            administration.limit(address, wanted);
        });
        change(router, "sending", "account.sending", SendingForm.NAMES, (guest, address) -> {
            OwnLimits wanted = SendingForm.made(guest);
            administration.change(address, before -> ReachedAccounts.shown(guest, before).withSending(wanted));
        });
        change(router, "password", "account.password", List.of(), (guest, address) -> administration.changePassword(address, guest.visit().field("password")));
        change(router, "delete", "account.remove", List.of(), (guest, address) -> grace.delete(address));
        change(router, "restore", "account.restore", List.of(), (guest, address) -> grace.restore(address));
        desk.post(router, PATH + "/role", new Desk.Deed(Scope.ADMINISTRATORS, "role.give", ADDRESS, List.of("role", "domains"), BACK), this::role);
    }

    /** What a form does to an account. */
    @FunctionalInterface
    private interface Change {
        void make(Desk.Guest guest, String address) throws DirectoryException;
    }

    private void change(Router router, String form, String act, List<String> kept, Change change) {
        accounts.change(router, PATH + "/" + form, act, kept, BACK, (guest, account) -> {
            change.make(guest, account.address());
            return new Answer.GoTo(Paths.account(account.address()), "admDone");
        });
    }

    private Answer role(Desk.Guest guest) throws DirectoryException {
        Account account = accounts.of(guest, guest.field(ADDRESS));
        List<String> domains = Arrays.stream(guest.field("domains").split("[\\s,;]+")).filter(name -> !name.isEmpty()).toList();
        Optional<Role> role = switch (guest.field("role")) {
            case "everything" -> Optional.of(Role.GLOBAL);
            case "domains" -> Optional.of(Role.of(OwnDomains.canonical(domains)));
            default -> Optional.empty();
        };
        if (role.flatMap(Role::domains).filter(Set::isEmpty).isPresent()) {
            throw new DirectoryException(Fault.INVALID, "a role of domains names one at least");
        }
        desk.administrators().appoint(account.id(), role);
        return new Answer.GoTo(Paths.account(account.address()), "admDone");
    }

    /** A switch as the page shows it. */
    public record Switch(String name, String label, boolean on) {}

    private Answer show(Desk.Guest guest) throws DirectoryException {
        Account account = accounts.of(guest, guest.parameter(ADDRESS));
        Administration.AccountQuota quota = administration.quota(account.address());
        Optional<Role> role = desk.administrators().role(account.id());
        Map<String, Object> data = new HashMap<>();
        data.put("address", account.address());
        data.put(ReachedAccounts.SEEN, ReachedAccounts.seen(account));
        data.put("seenQuota", seen(quota.limits()));
        data.put("state", AccountsPage.state(account.status()));
        data.put("active", account.status() == AccountStatus.ACTIVE);
        data.put("vacationPath", Paths.with(AccountVacationPage.PATH, ADDRESS, account.address()));
        data.put("appsPath", Paths.with(AccountAppPasswordsPage.PATH, ADDRESS, account.address()));
        data.put("deleted", account.status() == AccountStatus.DELETED);
        data.put("switches", List.of(of(account, SessionProtocol.IMAP, "IMAP"), of(account, SessionProtocol.POP3, "POP3"), of(account, SessionProtocol.SUBMISSION, "SMTP")));
        data.put("bytes", written(quota.limits().bytes()));
        data.put("messages", written(quota.limits().messages()));
        data.put("heldBytes", quota.held().bytes());
        data.put("heldMessages", quota.held().messages());
        data.put("sending", SendingForm.fields(account.settings().sending(), sending));
        data.put("aliases", account.aliases().stream().sorted().toList());
        data.put("forwards", account.settings().forwarding().map(Forwarding::targets).orElse(List.of()));
        data.put("mayChange", accounts.mayChange(guest, account));
        data.put("mayAppoint", guest.authority().may(Scope.ADMINISTRATORS));
        data.put("everything", role.filter(given -> given.domains().isEmpty()).isPresent());
        data.put("roleDomains", role.flatMap(Role::domains).map(names -> String.join(" ", names.stream().sorted().toList())).orElse(""));
        return desk.page(guest, page, data);
    }

    /** A deleted account is restored, which forgets that it was. */
    private static AccountStatus open(Account before, AccountStatus wanted) throws DirectoryException {
        if (before.status() == AccountStatus.DELETED) {
            throw new DirectoryException(Fault.IN_USE, "the account is deleted; restore it first");
        }
        return wanted;
    }

    private static Switch of(Account account, SessionProtocol protocol, String label) {
        return new Switch(protocol.claim(), label, account.protocols().contains(protocol));
    }

    /** Which quota a form shows. */
    private static String seen(Quota quota) {
        return written(quota.bytes()) + "/" + written(quota.messages());
    }

    private static String written(OptionalLong limit) {
        return limit.isPresent() ? Long.toString(limit.getAsLong()) : "";
    }

    private static OptionalLong limit(String written) throws DirectoryException {
        try {
            OptionalLong limit = written.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(written));
            if (limit.orElse(0) < 0) {
                throw new DirectoryException(Fault.INVALID, "a quota is not negative");
            }
            return limit;
        } catch (NumberFormatException e) {
            throw new DirectoryException(Fault.INVALID, "a quota is a number");
        }
    }
}
