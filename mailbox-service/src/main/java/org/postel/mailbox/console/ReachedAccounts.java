package org.postel.mailbox.console;

import io.vertx.ext.web.Router;
import java.util.List;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.AccountSettings;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.page.Answer;

/** The accounts within the reach of who asks, and the forms that change one. */
final class ReachedAccounts {

    static final String ADDRESS = "address";
    /** The field of a form that holds which settings it shows. */
    static final String SEEN = "seen";

    private final Desk desk;
    private final Administration administration;

    ReachedAccounts(Desk desk, Administration administration) {
        this.desk = desk;
        this.administration = administration;
    }

    /** What a form does to an account. */
    @FunctionalInterface
    interface Change {
        Answer make(Desk.Guest guest, Account account) throws DirectoryException;
    }

    /** @throws DirectoryException MISSING when it is not there, or not within reach */
    Account of(Desk.Guest guest, String address) throws DirectoryException {
        if (!guest.authority().overAddress(address)) {
            throw new DirectoryException(Fault.MISSING, "no such account");
        }
        return administration.account(address);
    }

    /** What is to stand in the field {@link #SEEN} of a form that is shown now. */
    static String seen(Account account) {
        return Integer.toString(account.settings().revision());
    }

    /**
     * The settings that a form changes, which sends all that it shows: what somebody else changed since must not come back with it.
     *
     * @throws DirectoryException CHANGED when the form showed others
     */
    static AccountSettings shown(Desk.Guest guest, Account now) throws DirectoryException {
        if (!guest.field(SEEN).equals(seen(now))) {
            throw new DirectoryException(Fault.CHANGED, "it was changed meanwhile");
        }
        return now.settings();
    }

    /** Whether who asks may change it: an account that administers is changed by who may make administrators. */
    boolean mayChange(Desk.Guest guest, Account account) {
        return desk.administrators().mayChange(guest.authority(), account.id());
    }

    /**
     * Takes a form that changes the account which its field {@code address} names.
     *
     * @param act  what the audit log calls it
     * @param kept fields whose values are kept in it
     * @param back where its sender is led when it cannot be done, {@code *} standing for the address
     */
    void change(Router router, String path, String act, List<String> kept, String back, Change change) {
        desk.post(router, path, new Desk.Deed(Scope.ACCOUNTS_WRITE, act, ADDRESS, kept, back), page(change));
    }

    /** As that, where the form is shown again when it cannot be done. */
    void change(Router router, String path, String act, List<String> kept, Change change, Desk.Again again) {
        desk.post(router, path, new Desk.Deed(Scope.ACCOUNTS_WRITE, act, ADDRESS, kept, path), page(change), again);
    }

    private Desk.Page page(Change change) {
        return guest -> {
            Account account = of(guest, guest.field(ADDRESS));
            if (!mayChange(guest, account)) {
                throw new DirectoryException(Fault.FORBIDDEN, "this account administers, and is changed by who may make administrators");
            }
            return change.make(guest, account);
        };
    }
}
