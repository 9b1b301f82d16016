package org.postel.mailbox.directory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.postel.mailbox.directory.DeletedStore.Deleted;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.storage.StoreException;

/** Deletes accounts so that they can be restored for some time, and removes them when it is over. */
public final class AccountGrace {

    private static final Logger LOG = Logger.getLogger(AccountGrace.class);

    private final Administration administration;
    private final DeletedStore store;
    private final Duration grace;
    private final Consumer<UUID> gone;
    private final Clock clock;

    /**
     * @param grace how long a deleted account can be restored; zero: it is removed at once
     * @param gone  told of each account that is removed
     */
    public AccountGrace(Administration administration, DeletedStore store, Duration grace, Consumer<UUID> gone, Clock clock) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("postel.mailbox.directory.deletion-grace is not negative");
        }
        this.administration = administration;
        this.store = store;
        this.grace = grace;
        this.gone = gone;
        this.clock = clock;
    }

    /** All that can be restored, the first deleted first. */
    public List<Deleted> list() {
        return store.all();
    }

    /** When one is removed. */
    public Instant end(Deleted deleted) {
        return deleted.since().plus(grace);
    }

    /** Deletes an account. It is noted before: an account that is deleted and not noted would stay for ever. */
    public void delete(String address) throws DirectoryException {
        if (grace.isZero()) {
            removeNow(address);
            return;
        }
        Account account = administration.account(address);
        if (account.status() == AccountStatus.DELETED) {
            throw new DirectoryException(Fault.IN_USE, "the account is deleted already");
        }
        store.add(new Deleted(account.id(), account.address(), clock.instant().truncatedTo(ChronoUnit.MILLIS), account.status()));
        administration.markDeleted(address);
    }

    /** Removes an account for good. */
    public void removeNow(String address) throws DirectoryException {
        Account account = administration.account(address);
        if (account.status() != AccountStatus.DELETED) {
            // No mail comes any more while the rest is removed.
            administration.markDeleted(address);
        }
        administration.removeAccount(address);
        gone.accept(account.id());
        store.remove(account.id());
    }

    /** Makes a deleted account what it was, but that its password and settings count anew. */
    public Account restore(String address) throws DirectoryException {
        Account account = administration.account(address);
        Optional<Deleted> noted = store.all().stream().filter(deleted -> deleted.account().equals(account.id())).findFirst();
        // At its end it is perhaps just being removed.
        boolean late = noted.filter(deleted -> !clock.instant().isBefore(end(deleted))).isPresent();
        if (account.status() != AccountStatus.DELETED || late) {
            throw new DirectoryException(Fault.IN_USE, late ? "the account is being removed" : "the account is not deleted");
        }
        Account restored = administration.restore(address, noted.map(Deleted::before).orElse(AccountStatus.ACTIVE));
        store.remove(account.id());
        return restored;
    }

    /**
     * Removes those whose time is over.
     *
     * @param goOn asked before each
     */
    public void sweep(BooleanSupplier goOn) {
        for (Deleted deleted : store.all()) {
            if (!clock.instant().isBefore(end(deleted)) && goOn.getAsBoolean()) {
                remove(deleted);
            }
        }
    }

    private void remove(Deleted deleted) {
        try {
            Account account = administration.account(deleted.address());
            if (account.id().equals(deleted.account()) && account.status() == AccountStatus.DELETED) {
                removeNow(deleted.address());
                LOG.infof("%s was deleted at %s and is removed", deleted.address(), deleted.since());
            } else {
                store.remove(deleted.account());
            }
        } catch (DirectoryException e) {
            // It is gone already: whoever removed it died before this.
            gone.accept(deleted.account());
            store.remove(deleted.account());
        } catch (StoreException e) {
            LOG.warnf("%s: removal put off: %s", deleted.address(), e.getMessage());
        }
    }
}
