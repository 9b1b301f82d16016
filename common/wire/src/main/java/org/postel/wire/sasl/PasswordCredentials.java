package org.postel.wire.sasl;

/**
 * What a client says to prove who it is (RFC 4616 §2).
 *
 * @param authorizationId  who it wants to act as; empty: the one who logs in
 * @param authenticationId who logs in; not empty
 * @param password         the proof; not empty
 */
public record PasswordCredentials(String authorizationId, String authenticationId, String password) {

    public PasswordCredentials {
        if (authenticationId.isEmpty() || password.isEmpty()) {
            throw new IllegalArgumentException("name and password must not be empty");
        }
    }

    /** Without the password: this may reach a log. */
    @Override
    public String toString() {
        return "PasswordCredentials[" + authorizationId + ", " + authenticationId + "]";
    }
}
