package org.postel.wire.sasl;

import java.util.regex.Pattern;

/**
 * Why a token is not good, for the client's program (RFC 7628 §3.2.2).
 *
 * @param status              an error code of RFC 6750 §3.1
 * @param scope               the scopes a token must have, separated by spaces
 * @param openidConfiguration the URL where the issuer describes itself; empty: not told
 */
public record TokenError(String status, String scope, String openidConfiguration) {

    // RFC 6749 §3.3 lets neither a quote nor a backslash into a scope, and no URL has one: so nothing here is escaped.
    private static final Pattern PLAIN = Pattern.compile("[ !#-\\[\\]-~]*");

    public TokenError {
        if (!PLAIN.matcher(status + scope + openidConfiguration).matches()) {
            throw new IllegalArgumentException("cannot stand in a JSON string as it is");
        }
    }

    /** For OAUTHBEARER. */
    String json() {
        String configuration = openidConfiguration.isEmpty() ? "" : ",\"openid-configuration\":\"" + openidConfiguration + "\"";
        return "{\"status\":\"" + status + "\",\"scope\":\"" + scope + "\"" + configuration + "}";
    }

    /** For XOAUTH2, whose status is one of HTTP. */
    String xoauth2Json() {
        return "{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"" + scope + "\"}";
    }
}
