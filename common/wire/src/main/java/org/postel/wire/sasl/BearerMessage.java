package org.postel.wire.sasl;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client of OAUTHBEARER or XOAUTH2 writes. */
final class BearerMessage {

    private static final String KVSEP = "\u0001";
    private static final String USER = "user=";
    private static final int MOST = 9_000;
    // RFC 7628 §3.1: neither mechanism has a channel binding, so the flag is "n", or "y" of a client that knows of some.
    private static final Pattern GS2_HEADER = Pattern.compile("[ny],(?:a=([^,]+))?,");
    private static final Pattern PAIR = Pattern.compile("([A-Za-z]+)=([\\x09\\x0a\\x0d\\x20-\\x7e]*)");
    // RFC 6750 §2.1, b64token; the scheme in any case (RFC 9110 §11.1).
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]+=*)");

    private BearerMessage() {}

    /** {@code gs2-header kvsep *kvpair kvsep} (RFC 7628 §3.1). */
    static Optional<AccessToken> oauthBearer(byte[] message) {
        String text = new String(message, StandardCharsets.UTF_8);
        int end = text.indexOf(KVSEP);
        if (message.length > MOST || end < 0) {
            return Optional.empty();
        }
        Matcher header = GS2_HEADER.matcher(text.substring(0, end));
        if (!header.matches()) {
            return Optional.empty();
        }
        Optional<String> user = header.group(1) == null ? Optional.of("") : SaslText.saslname(header.group(1));
        return user.flatMap(given -> pairs(text.substring(end + 1)).flatMap(pairs -> token(given, pairs)));
    }

    /** {@code "user=" name kvsep "auth=Bearer " token kvsep kvsep}. */
    static Optional<AccessToken> xoauth2(byte[] message) {
        String text = new String(message, StandardCharsets.UTF_8);
        int end = text.indexOf(KVSEP);
        if (message.length > MOST || end <= USER.length() || !text.startsWith(USER)) {
            return Optional.empty();
        }
        return SaslText.text(text.substring(USER.length(), end).getBytes(StandardCharsets.UTF_8))
                .flatMap(user -> pairs(text.substring(end + 1)).flatMap(pairs -> token(user, pairs)));
    }

    /** {@code *kvpair kvsep}, where {@code kvpair = key "=" value kvsep}; empty where it is not, or has a key twice. */
    private static Optional<Map<String, String>> pairs(String text) {
        Map<String, String> pairs = new HashMap<>();
        int at = 0;
        while (!text.startsWith(KVSEP, at)) {
            int end = text.indexOf(KVSEP, at);
            Matcher pair = PAIR.matcher(end < 0 ? "" : text.substring(at, end));
            if (!pair.matches() || pairs.putIfAbsent(pair.group(1), pair.group(2)) != null) {
                return Optional.empty();
            }
            at = end + 1;
        }
        return at + 1 == text.length() ? Optional.of(pairs) : Optional.empty();
    }

    /** Host and port are for proxies of kinds we have none of (RFC 7628 §3.1). */
    private static Optional<AccessToken> token(String user, Map<String, String> pairs) {
        String auth = pairs.getOrDefault("auth", "");
        if (auth.isEmpty()) {
            return Optional.of(new AccessToken(user, ""));
        }
        Matcher bearer = BEARER.matcher(auth);
        return bearer.matches() ? Optional.of(new AccessToken(user, bearer.group(1))) : Optional.empty();
    }
}
