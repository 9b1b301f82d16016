package org.postel.mailbox.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a session token says.
 *
 * @param accountId         the account it opens
 * @param protocol          for whom
 * @param credentialVersion the version of the account's credentials when it was opened
 * @param appPassword       the id of the app password that opened it; empty: the account's own password, or a token, did
 * @param origin            the log-in that opened it; empty: an older release did not say
 */
public record AccountSession(UUID accountId, SessionProtocol protocol, int credentialVersion, Optional<String> appPassword, Optional<Origin> origin) {

    /**
     * A log-in that opened a session; stays when its token is renewed.
     *
     * @param id      tells the session from others
     * @param address of the client
     * @param opened  when
     */
    public record Origin(String id, String address, Instant opened) {}

    /** One of unknown origin. */
    public AccountSession(UUID accountId, SessionProtocol protocol, int credentialVersion, Optional<String> appPassword) {
        this(accountId, protocol, credentialVersion, appPassword, Optional.empty());
    }

    /** One that no app password opened. */
    public AccountSession(UUID accountId, SessionProtocol protocol, int credentialVersion) {
        this(accountId, protocol, credentialVersion, Optional.empty());
    }
}
