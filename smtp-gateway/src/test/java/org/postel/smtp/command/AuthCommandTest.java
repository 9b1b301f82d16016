package org.postel.smtp.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.smtp.session.Client;
import org.postel.smtp.session.Login;
import org.postel.smtp.session.SmtpState.Greeted;
import org.postel.smtp.session.Step;
import org.postel.smtp.syntax.ClientName;
import org.postel.smtp.syntax.SmtpCommand;

class AuthCommandTest {

    private static final Greeted STATE = new Greeted(new Client(new ClientName("x"), true), new Login.Anonymous());

    @Test
    void plainComesAtOnceOrWhenAsked() throws IOException {
        String response = base64("\0alice@example.test\0secret");
        assertEquals(235, auth("PLAIN", Optional.of(response)).reply().code());
        Step.Answer answer = auth("PLAIN", Optional.empty(), "334 ", response);
        assertEquals(235, answer.reply().code());
        assertEquals(new Login.Authenticated(FakeAuthenticator.ALICE), assertInstanceOf(Greeted.class, answer.next()).login());
    }

    @Test
    void loginAsksForNameAndPassword() throws IOException {
        String user = base64("alice@example.test");
        assertEquals(235, auth("LOGIN", Optional.empty(), "334 VXNlcm5hbWU6", user, "334 UGFzc3dvcmQ6", base64("secret")).reply().code());
        assertEquals(235, auth("LOGIN", Optional.of(user), "334 UGFzc3dvcmQ6", base64("secret")).reply().code());
    }

    @ParameterizedTest
    @CsvSource({"alice@example.test,wrong,535,5.7.8", "nobody,wrong,535,5.7.8", "disabled,x,535,5.7.13", "limited,x,454,4.7.0", "down,x,454,4.7.0"})
    void aFailureSaysNoMoreThanItMust(String user, String password, int code, String status) throws IOException {
        Step.Answer answer = auth("PLAIN", Optional.of(base64("\0" + user + "\0" + password)));
        assertEquals(code, answer.reply().code());
        assertEquals(status, answer.reply().status());
        assertEquals(STATE, answer.next());
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "AGEAYg", "AGE=AYg=", "", "AA==", "AGEAYgBj", "AAEBAWEAYg==", "/////w=="})
    void whatCannotBeDecodedReachesNoVerifier(String response) throws IOException {
        assertEquals(501, auth("PLAIN", Optional.empty(), "334 ", response).reply().code());
    }

    @Test
    void aClientMayGiveUp() throws IOException {
        assertEquals(501, auth("LOGIN", Optional.empty(), "334 VXNlcm5hbWU6", "*").reply().code());
    }

    /** RFC 4954 §4: 235 carries no data, so what proves the server is one more challenge. */
    @Test
    void scramEndsWithTheServersProof() throws IOException {
        Step.Answer answer = auth("SCRAM-SHA-256", Optional.of(base64("first")), "334 " + base64("asked"), base64("right"),
            "334 " + base64("proof"), "");
        assertEquals(235, answer.reply().code());
        assertEquals(new Login.Authenticated(FakeAuthenticator.ALICE), assertInstanceOf(Greeted.class, answer.next()).login());
        assertEquals(535, auth("SCRAM-SHA-256", Optional.of(base64("first")), "334 " + base64("asked"), base64("wrong")).reply().code());
        assertEquals(504, auth("SCRAM-SHA-256-PLUS", Optional.of(base64("first"))).reply().code());
    }

    /** RFC 7628 §3.2.3. */
    @Test
    void aBadTokenIsToldThenRefused() throws IOException {
        assertEquals(235, auth("OAUTHBEARER", Optional.of(base64("n,,\1auth=Bearer good\1\1"))).reply().code());
        assertEquals(535, auth("OAUTHBEARER", Optional.of(base64("n,,\1auth=Bearer bad\1\1")),
            "334 " + base64("{\"status\":\"invalid_token\",\"scope\":\"mail\"}"), base64("\1")).reply().code());
    }

    @Test
    void anUnknownMechanismIsRefused() throws IOException {
        assertEquals(504, auth("CRAM-MD5", Optional.empty()).reply().code());
    }

    private static Step.Answer auth(String mechanism, Optional<String> initial, String... dialogue) throws IOException {
        Deque<String> lines = new ArrayDeque<>(List.of(dialogue));
        Prompt prompt = challenge -> {
            assertEquals(lines.poll() + "\r\n", new String(challenge.toBytes(), StandardCharsets.US_ASCII));
            return Optional.of(lines.poll().getBytes(StandardCharsets.US_ASCII));
        };
        Step step = AuthCommand.decide(new Step.AskCredentials(STATE, new SmtpCommand.Auth(mechanism, initial)),
            new AuthCommand(new FakeAuthenticator()).mechanisms(InetAddress.getLoopbackAddress(), List.of()), prompt);
        assertTrue(lines.isEmpty());
        return assertInstanceOf(Step.Answer.class, step);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
