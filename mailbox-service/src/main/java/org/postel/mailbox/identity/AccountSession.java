package org.postel.mailbox.identity;

import java.util.UUID;

/**
 * What a session token says.
 *
 * @param accountId         the account it opens
 * @param protocol          for whom
 * @param credentialVersion the version of the account's credentials that opened it
 */
public record AccountSession(UUID accountId, SessionProtocol protocol, int credentialVersion) {}
