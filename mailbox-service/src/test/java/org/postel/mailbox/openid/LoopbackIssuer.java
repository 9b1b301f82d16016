package org.postel.mailbox.openid;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.postel.mailbox.identity.KeySource;
import org.postel.mailbox.identity.TokenIssuer;

/** An OpenID Connect issuer on loopback: it signs in whoever comes, at once, and is as strict with its client as RFC 7636 wants. */
public final class LoopbackIssuer implements AutoCloseable {

    /** Stands for the state that the browser came with. */
    public static final String STATE = "STATE";
    /** By what name browsers know the pages. */
    public static final String PAGES = "http://pages.example.test";
    public static final String CLIENT = "postel pages";
    private static final URI BACK = URI.create(PAGES + "/sign-in/issuer/answer");

    /** Its keys; another issuer has others. */
    public TokenIssuer keys = new TokenIssuer("one");
    /** Changes what it says of who signs in. */
    public Consumer<Map<String, Object>> claims = said -> { };
    /** Sends a browser back with these parameters, instead of a code. */
    public Optional<String> answer = Optional.empty();
    /** The secret that its client must show, if any. */
    public Optional<String> secret = Optional.empty();
    /** What it answers instead of a token. */
    public Optional<String> tokenAnswer = Optional.empty();
    /** The address of who signs in. */
    public String email = "alice@example.test";
    /** The parameters that the last browser came with. */
    public volatile Map<String, String> asked = Map.of();

    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();

    public LoopbackIssuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/description", exchange -> send(exchange, 200, """
                {"issuer":"%s","authorization_endpoint":"%s/authorize","token_endpoint":"%s/token","jwks_uri":"%s/jwks",
                 "response_types_supported":["code"],"subject_types_supported":["public"],"id_token_signing_alg_values_supported":["ES256"]}
                """.formatted(name(), name(), name(), name())));
        server.createContext("/jwks", exchange -> send(exchange, 200, keys.jwks()));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    /** What it is called. */
    public String name() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Settings of its client. */
    public OpenidSettings settings(Optional<Path> secretFile, String accountClaim) {
        return new OpenidSettings(name(), new KeySource(name() + "/jwks", Duration.ofMinutes(5), Duration.ofMillis(1), Optional.empty(), Optional.empty()),
                URI.create(name() + "/description"), CLIENT, secretFile, BACK, accountClaim, "Example & Co");
    }

    private void authorize(HttpExchange exchange) throws IOException {
        asked = parameters(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        boolean right = List.of("code").contains(asked.get("response_type")) && "S256".equals(asked.get("code_challenge_method"))
                && BACK.toString().equals(asked.get("redirect_uri")) && CLIENT.equals(asked.get("client_id"));
        String back = asked.get("redirect_uri") + "?" + answer.orElse("code=" + code + "&iss=" + name() + "&state=" + STATE).replace(STATE, asked.get("state"));
        exchange.getResponseHeaders().add("Location", back);
        send(exchange, right ? 302 : 400, "");
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> begun = codes.remove(form.getOrDefault("code", ""));
        if (tokenAnswer.isPresent()) {
            send(exchange, 200, tokenAnswer.get());
        } else if (!known(exchange, form)) {
            send(exchange, 401, "{\"error\":\"invalid_client\"}");
        } else if (begun == null || !challenge(form.get("code_verifier")).equals(begun.get("code_challenge")) || !BACK.toString().equals(form.get("redirect_uri"))) {
            send(exchange, 400, "{\"error\":\"invalid_grant\"}");
        } else {
            send(exchange, 200, "{\"access_token\":\"unused\",\"token_type\":\"Bearer\",\"id_token\":\"%s\"}".formatted(keys.access(said(begun))));
        }
    }

    /** RFC 6749 §2.3.1: name and secret are encoded as in a form, each. */
    private boolean known(HttpExchange exchange, Map<String, String> form) {
        return secret.map(right -> ("Basic " + Base64.getEncoder().encodeToString(("postel+pages:" + right).getBytes(StandardCharsets.UTF_8)))
                .equals(exchange.getRequestHeaders().getFirst("Authorization"))).orElseGet(() -> CLIENT.equals(form.get("client_id")));
    }

    private Map<String, Object> said(Map<String, String> begun) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> said = new HashMap<>(Map.of("iss", name(), "sub", "4711", "aud", CLIENT, "iat", now, "exp", now + 300, "nonce", begun.get("nonce"),
                "email", email, "email_verified", true));
        claims.accept(said);
        return said;
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(String encoded) {
        return Arrays.stream(encoded.split("&")).map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
        exchange.getResponseBody().write(octets);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
