package org.postel.mailbox.sharing;

import java.util.Optional;
import java.util.UUID;

/** How accounts are called: by their primary addresses. */
public interface Addresses {

    /** The account whose primary address this is. */
    Optional<UUID> account(String address);

    /** The primary address; empty when the account is gone. */
    Optional<String> address(UUID account);
}
