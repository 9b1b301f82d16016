package org.postel.mailbox.signin;

import java.time.Instant;
import java.util.UUID;

/**
 * Somebody is signed in to the pages.
 *
 * @param id                of it within its account; does not open it
 * @param credentialVersion of the account's credentials when it was opened
 * @param agent             what the browser calls itself
 * @param used              when it was used last, or up to a minute before
 * @param address           the browser's then
 */
public record WebSession(UUID account, String id, int credentialVersion, Instant created, String agent, Instant used, String address) {}
