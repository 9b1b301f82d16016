package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mail programs that others use log in by each SASL mechanism they have. They come from Debian: ./postel interop sasl. */
@Tag("interop")
class SaslInteropTest {

    private static final String SCOPE = "openid mail.all";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private static RunningPlatform platform;

    @BeforeAll
    static void start() throws IOException {
        for (LoginProgram program : LoginProgram.values()) {
            System.out.println(program.version());
        }
        Map<String, String> settings = RunningPlatform.impatient();
        AccessTokens.configure(settings);
        for (String delay : new String[] {"smtp.auth-delay", "imap.auth-delay", "pop3.auth-failure-delay"}) {
            settings.put("postel." + delay, "1ms");
        }
        platform = RunningPlatform.start(settings);
    }

    @AfterAll
    static void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    static Stream<Arguments> all() {
        return Stream.of(LoginProgram.values()).flatMap(program -> program.ways().stream().map(way -> arguments(program, way)));
    }

    /** That the gateway counts it shows that the program took this mechanism and no other. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("all")
    void theRightSecretGetsInAndAWrongOneDoesNot(LoginProgram program, LoginWay way) throws IOException {
        Account user = platform.account();
        int let = way.counted(platform, "success");
        int refused = way.counted(platform, "failure");

        MailProgram.Ended good = logIn(program, way, user, way.bearer() ? AccessTokens.of(user, SCOPE) : user.password());
        assertEquals(0, good.status(), good.said());
        assertCounted(let + 1, way, "success");
        assertEquals(refused, way.counted(platform, "failure"), good.said());

        MailProgram.Ended bad = logIn(program, way, user, way.bearer() ? AccessTokens.forged(user, platform.account(), SCOPE) : "not-" + user.password());
        assertNotEquals(0, bad.status(), bad.said());
        if (program.hearsRefusals(way)) {
            assertCounted(refused + 1, way, "failure");
        }
        assertEquals(let + 1, way.counted(platform, "success"), bad.said());
    }

    private static MailProgram.Ended logIn(LoginProgram program, LoginWay way, Account user, String secret) throws IOException {
        Path certificate = platform.platform().folder().tls().resolve("cert.pem");
        try (MailProgram home = new MailProgram()) {
            return home.end(program.command(home, way, new LoginProgram.Attempt(platform.port(way.port()), certificate, user.address(), secret)));
        }
    }

    /** The program may be gone before the gateway has counted. */
    private static void assertCounted(int expected, LoginWay way, String result) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (way.counted(platform, result) < expected && System.nanoTime() < end) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        assertEquals(expected, way.counted(platform, result), way + ": " + result);
    }
}
