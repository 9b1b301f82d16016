package org.postel.wire.sasl;

/**
 * A bearer token (RFC 6750 §2.1) and whose mail it is shown for.
 *
 * @param user  who the client wants to be; empty: whoever the token names
 * @param token empty when the client only asks what kind of token would do (RFC 7628 §4.3)
 */
public record AccessToken(String user, String token) {

    /** Without the token: this may reach a log. */
    @Override
    public String toString() {
        return "AccessToken[" + user + "]";
    }
}
