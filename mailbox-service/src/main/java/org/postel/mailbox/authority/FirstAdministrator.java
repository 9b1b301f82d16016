package org.postel.mailbox.authority;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;

/**
 * Makes the account of the first administrator from a secret, where it is missing. A password that is there stays: it may have been changed
 * since. An account that is there gets the role only while no account administers everything, which is so when a start was cut off.
 */
public final class FirstAdministrator {

    private static final Logger LOG = Logger.getLogger(FirstAdministrator.class);
    private static final int LARGEST = 4 << 10;

    private final String address;
    private final Path passwordFile;

    /** @param passwordFile its first line is the password */
    public FirstAdministrator(String address, Path passwordFile) {
        this.address = address;
        this.passwordFile = passwordFile;
    }

    /**
     * Does it, on any number of pods at once.
     *
     * @throws IOException when the file is not to be read, or has no password
     */
    public void make(Administration administration, Administrators administrators) throws DirectoryException, IOException {
        Optional<Account> known = find(administration);
        if (known.isEmpty()) {
            known = Optional.of(create(administration));
        } else if (administrators.role(known.get().id()).isPresent() || administrators.anyGlobal()) {
            return;
        }
        administrators.appoint(known.get().id(), Optional.of(Role.GLOBAL));
        LOG.infof("%s administers everything", known.get().address());
    }

    private Account create(Administration administration) throws DirectoryException, IOException {
        try {
            return administration.addAccount(address, password());
        } catch (DirectoryException e) {
            if (e.fault() != Fault.TAKEN) {
                throw e;
            }
            // Another pod was faster, or the address is an alias: then this fails, and says so.
            return administration.account(address);
        }
    }

    private Optional<Account> find(Administration administration) throws DirectoryException {
        try {
            return Optional.of(administration.account(address));
        } catch (DirectoryException e) {
            if (e.fault() == Fault.MISSING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private String password() throws IOException {
        if (Files.size(passwordFile) > LARGEST) {
            throw new IOException("over " + LARGEST + " octets: " + passwordFile);
        }
        return Files.readString(passwordFile).lines().findFirst().filter(line -> !line.isBlank())
                .orElseThrow(() -> new IOException("no password in " + passwordFile));
    }
}
