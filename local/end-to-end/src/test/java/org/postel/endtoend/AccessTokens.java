package org.postel.endtoend;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** An issuer of access tokens (RFC 9068) that shows its keys over HTTP, as issuers do, to the platforms that trust it. */
final class AccessTokens {

    private static final String ISSUER = "https://id.example.test";
    private static final KeyPair KEYS = keys();
    private static final int PORT = serve();

    private AccessTokens() {
    }

    /** Makes a platform trust it. */
    static void configure(Map<String, String> settings) {
        settings.put("postel.mailbox.oauth.issuer", ISSUER);
        settings.put("postel.mailbox.oauth.jwks", "http://127.0.0.1:" + PORT + "/jwks");
        settings.put("postel.mailbox.oauth.audience", "mail");
        settings.put("postel.mailbox.oauth.scopes", "mail.all");
    }

    private static int serve() {
        RSAPublicKey key = (RSAPublicKey) KEYS.getPublic();
        byte[] jwks = """
                {"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"one","n":"%s","e":"%s"}]}
                """.formatted(base64(key.getModulus()), base64(key.getPublicExponent())).getBytes(StandardCharsets.US_ASCII);
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/jwks", exchange -> {
                exchange.getResponseHeaders().add("Content-Type", "application/jwk-set+json");
                exchange.sendResponseHeaders(200, jwks.length);
                exchange.getResponseBody().write(jwks);
                exchange.close();
            });
            server.start();
            return server.getAddress().getPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A token for an account. */
    static String of(Account account, String scope) {
        long now = Instant.now().getEpochSecond();
        String head = base64("{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"one\"}".getBytes(StandardCharsets.UTF_8));
        String claims = base64("{\"iss\":\"%s\",\"aud\":\"mail\",\"sub\":\"1\",\"iat\":%d,\"exp\":%d,\"scope\":\"%s\",\"email\":\"%s\"}"
                .formatted(ISSUER, now, now + 300, scope, account.address()).getBytes(StandardCharsets.UTF_8));
        return head + "." + claims + "." + base64(signature(head + "." + claims));
    }

    /** What somebody without the issuer's key can make of it: the claims of a token for an account under a signature for another. */
    static String forged(Account account, Account other, String scope) {
        String claims = of(account, scope);
        String signature = of(other, scope);
        return claims.substring(0, claims.lastIndexOf('.')) + signature.substring(signature.lastIndexOf('.'));
    }

    private static byte[] signature(String signed) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KEYS.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64(BigInteger number) {
        byte[] octets = number.toByteArray();
        return base64(octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets);
    }

    private static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
