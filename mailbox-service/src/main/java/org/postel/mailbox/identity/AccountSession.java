package org.postel.mailbox.identity;

import java.util.Optional;
import java.util.UUID;

/**
 * What a session token says.
 *
 * @param accountId         the account it opens
 * @param protocol          for whom
 * @param credentialVersion the version of the account's credentials when it was opened
 * @param appPassword       the id of the app password that opened it; empty: the account's own password, or a token, did
 */
public record AccountSession(UUID accountId, SessionProtocol protocol, int credentialVersion, Optional<String> appPassword) {

    /** One that no app password opened. */
    public AccountSession(UUID accountId, SessionProtocol protocol, int credentialVersion) {
        this(accountId, protocol, credentialVersion, Optional.empty());
    }
}
