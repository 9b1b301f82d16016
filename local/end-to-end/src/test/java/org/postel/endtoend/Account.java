package org.postel.endtoend;

/**
 * Somebody with a mailbox.
 *
 * @param address the primary address, which is the login name too
 * @param password to log in
 */
record Account(String address, String password) {
}
