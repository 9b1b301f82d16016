package org.postel.bench.load;

/**
 * Somebody with a mailbox on the server under load.
 *
 * @param address the address, which is the login name too
 * @param password to log in
 */
public record Account(String address, String password) {
}
