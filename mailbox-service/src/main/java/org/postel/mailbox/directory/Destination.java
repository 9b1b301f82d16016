package org.postel.mailbox.directory;

import java.util.List;
import java.util.UUID;

/** What an address of ours stands for. */
public sealed interface Destination {

    /** An account's primary address. */
    record OfAccount(UUID accountId) implements Destination {}

    /** Other addresses, ours or not; one level. */
    record OfAlias(List<String> targets) implements Destination {
        public OfAlias {
            targets = List.copyOf(targets);
        }
    }
}
