package org.postel.mailbox.openid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class IssuerTest {

    @TempDir
    Path folder;

    private LoopbackIssuer there;
    private Issuer issuer;

    @BeforeEach
    void open() throws IOException {
        there = new LoopbackIssuer();
        issuer = new Issuer(there.settings(Optional.empty(), "email"), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        there.close();
    }

    @Test
    void aSecretIsShownWhereOneIsConfigured() throws Exception {
        there.secret = Optional.of("s%3A+%2B"); // "s: +" as in a form
        Path file = Files.writeString(folder.resolve("secret"), "wrong\n");
        Issuer known = new Issuer(there.settings(Optional.of(file), "email"), Clock.systemUTC());
        assertThrows(IssuerUnavailableException.class, () -> there(known));
        Files.writeString(file, "s: +\n");
        assertEquals(new Answered.Named("alice@example.test"), there(known), "it is read at each sign-in");
    }

    @Test
    void aCodeServesOnce() throws Exception {
        BegunSignIn begun = BegunSignIn.now("/account");
        Map<String, List<String>> back = back(issuer, begun);
        assertEquals(new Answered.Named("alice@example.test"), issuer.answered(begun, back));
        assertEquals(new Answered.Stale(), issuer.answered(begun, back));
    }

    /** RFC 7636: whoever catches a code has not what it was asked with. */
    @Test
    void aCodeOfAnotherSignInIsWorthNothing() throws Exception {
        BegunSignIn victim = BegunSignIn.now("/account");
        BegunSignIn own = BegunSignIn.now("/account");
        assertEquals(new Answered.Stale(), issuer.answered(own, back(issuer, victim)));
        Map<String, List<String>> code = Map.of("code", back(issuer, victim).get("code"), "state", List.of(own.state().getValue()));
        assertEquals(new Answered.Stale(), issuer.answered(own, code));
    }

    /** RFC 9207 §2.4. */
    @Test
    void anAnswerOfAnotherIssuerIsNotBelieved() {
        BegunSignIn begun = BegunSignIn.now("/account");
        Map<String, List<String>> back = Map.of("code", List.of("c"), "state", List.of(begun.state().getValue()), "iss", List.of("https://evil.test"));
        assertEquals(new Answered.NotGood(), issuer.answered(begun, back));
        assertEquals(new Answered.NotGood(), issuer.answered(begun, Map.of("state", List.of(begun.state().getValue()))));
        assertEquals(new Answered.Stale(), issuer.answered(begun, Map.of()));
    }

    @Test
    void whatIsNoTokenIsAnIssuerThatDoesNotAnswer() {
        for (String answer : List.of("", "[]", "{}", "<html>", "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}", "x".repeat(300_000))) {
            there.tokenAnswer = Optional.of(answer);
            assertThrows(IssuerUnavailableException.class, () -> there(issuer), answer);
        }
        there.tokenAnswer = Optional.of("{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id_token\":\"e30.e30.\"}");
        assertThrows(IssuerUnavailableException.class, () -> there(issuer));
    }

    /** A description is of the very issuer that is configured. */
    @Test
    void theDescriptionOfAnotherIssuerIsNotTaken() throws Exception {
        try (LoopbackIssuer other = new LoopbackIssuer()) {
            OpenidSettings settings = there.settings(Optional.empty(), "email");
            Issuer led = new Issuer(new OpenidSettings(settings.issuer(), settings.keys(), URI.create(other.name() + "/description"), settings.clientId(),
                    Optional.empty(), settings.redirectUri(), "email", "name"), Clock.systemUTC());
            assertThrows(IssuerUnavailableException.class, () -> led.begin(BegunSignIn.now("/account"), "en"));
        }
    }

    /** The header comes at once, and the rest never. */
    @Test
    void aServerThatFallsSilentIsLeft() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = Thread.ofVirtual().start(() -> answerHalf(silent));
            HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"));
            IOException failed = assertThrows(IOException.class, () -> request.send(new IssuerCalls(Optional.empty(), Duration.ofMillis(500))));
            assertEquals("no answer within PT0.5S", failed.getMessage());
            assertTrue(answering.join(Duration.ofSeconds(10)), "the connection is closed");
        }
    }

    @Test
    void whatIsKeptOfASignInIsReadAgain() {
        BegunSignIn begun = BegunSignIn.now("/account/rules");
        BegunSignIn again = BegunSignIn.parse(begun.text()).orElseThrow();
        assertEquals("/account/rules", again.next());
        assertEquals(begun.verifier().getValue(), again.verifier().getValue());
        assertTrue(again.isOf(begun.state().getValue()));
        assertFalse(again.isOf(begun.nonce().getValue()));
        assertEquals(Optional.empty(), BegunSignIn.parse("short"));
        assertEquals(Optional.empty(), BegunSignIn.parse("!".repeat(50)));
    }

    /** Until the other side closes. */
    private static void answerHalf(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answered there(Issuer at) throws Exception {
        BegunSignIn begun = BegunSignIn.now("/account");
        return at.answered(begun, back(at, begun));
    }

    /** What a browser comes back with. */
    private static Map<String, List<String>> back(Issuer at, BegunSignIn begun) throws Exception {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(at.begin(begun, "en")).build();
            String location = browser.send(request, HttpResponse.BodyHandlers.discarding()).headers().firstValue("Location").orElseThrow();
            return AuthorizationResponse.parseResponseParameters(URI.create(location));
        }
    }
}
