package org.postel.mailbox.directory;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where app passwords are kept. */
public interface AppPasswordStore {

    /** One of an account. */
    Optional<AppPassword> find(UUID account, String id);

    /** Those of an account, with the state that {@link #add} compares. */
    All all(UUID account);

    /** False when another one was added meanwhile. */
    boolean add(UUID account, All before, AppPassword added);

    /** False when there is none. */
    boolean remove(UUID account, String id);

    /** Removes all of an account that is gone. */
    void removeAll(UUID account);

    /** The last use of one. */
    Optional<AppPassword.Use> lastUse(UUID account, String id);

    /** One was used. */
    void used(UUID account, String id, AppPassword.Use use);

    /**
     * The app passwords of an account at some moment.
     *
     * @param revision  rises with each that is added; 0: none ever was
     * @param passwords by id
     */
    record All(int revision, List<AppPassword> passwords) {
        public All {
            passwords = List.copyOf(passwords);
        }
    }
}
