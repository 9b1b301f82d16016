package org.postel.mailbox.directory;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What an address of a mail stands for. */
public sealed interface Resolved {

    /**
     * Mail for a local account.
     *
     * @param address    the primary one
     * @param forwarding where its mail goes on to, to be resolved by asking again
     * @param absence    what is answered to it
     * @param filtered   whether it has rules for its mail, or had
     */
    record Local(UUID accountId, String address, Optional<Forwarding> forwarding, Optional<Absence> absence, boolean filtered) implements Resolved {}

    /** Mail for other addresses, to be resolved by asking again. */
    record Alias(List<String> targets) implements Resolved {
        public Alias {
            targets = List.copyOf(targets);
        }
    }

    /** The domain is ours, the local part is nobody's. */
    record UnknownUser() implements Resolved {}

    /** No domain of ours. */
    record NotOurs() implements Resolved {}
}
