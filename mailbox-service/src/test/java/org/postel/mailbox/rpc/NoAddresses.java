package org.postel.mailbox.rpc;

import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.sharing.Addresses;

/** Nobody else is there. */
final class NoAddresses implements Addresses {

    @Override
    public Optional<UUID> account(String address) {
        return Optional.empty();
    }

    @Override
    public Optional<String> address(UUID account) {
        return Optional.empty();
    }
}
