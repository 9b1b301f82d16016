package org.postel.delivery.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that must prove their names: RFC 8461 §4.1. */
@Timeout(60)
class VerifiedTlsTest {

    private static final SmtpTimeouts PATIENT = SmtpTimeouts.all(Duration.ofSeconds(10), Duration.ofSeconds(30));
    private static final String NAME = "mx.example.org";

    @Test
    void aCertificateForTheServersNameIsTaken() throws Exception {
        CompletableFuture<String> said = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(TestAuthority.underTls(TestAuthority.server(NAME, false), line -> {
            said.complete(line.welcomeAgain());
            line.answer("221 bye\r\n");
        })); SmtpSession session = open(server, NAME, new TlsPolicy.Verified(TestAuthority.authorities(), TlsPolicy.Verified.Wanted.BY_DOMAIN))) {
            assertTrue(session.encrypted());
            assertEquals("EHLO us.example.test", said.get(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void aStarStandsForOneLabel() throws Exception {
        TlsPolicy policy = new TlsPolicy.Verified(TestAuthority.authorities(), TlsPolicy.Verified.Wanted.BY_DOMAIN);
        try (ScriptedServer server = new ScriptedServer(TestAuthority.underTls(TestAuthority.server("*.example.org", false), line -> {
            line.welcomeAgain();
            line.answer("221 bye\r\n");
        }))) {
            open(server, NAME, policy).close();
            assertThrows(TlsException.class, () -> open(server, "a.mx.example.org", policy));
            assertThrows(TlsException.class, () -> open(server, "example.org", policy));
        }
    }

    @Test
    void aCertificateForAnotherNameIsNot() throws Exception {
        refused("other.example.org", false, new TlsPolicy.Verified(TestAuthority.authorities(), TlsPolicy.Verified.Wanted.BY_DOMAIN), "not for mx.example.org");
    }

    @Test
    void aCertificateThatIsOverIsNot() throws Exception {
        refused(NAME, true, new TlsPolicy.Verified(TestAuthority.authorities(), TlsPolicy.Verified.Wanted.BY_DOMAIN), "");
    }

    @Test
    void anAuthorityThatNobodyKnowsIsNone() throws Exception {
        refused(NAME, false, new TlsPolicy.Verified(Authorities.ofJava(), TlsPolicy.Verified.Wanted.BY_DOMAIN), "");
    }

    @Test
    void aServerThatOffersNoTlsIsHungUpOn() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.hear();
        })) {
            assertThrows(TlsException.class, () -> open(server, NAME, new TlsPolicy.Verified(TestAuthority.authorities(), TlsPolicy.Verified.Wanted.BY_DOMAIN)));
        }
    }

    private static void refused(String certificate, boolean expired, TlsPolicy policy, String why) throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                TestAuthority.underTls(TestAuthority.server(certificate, expired), line -> line.welcomeAgain()))) {
            TlsException refused = assertThrows(TlsException.class, () -> open(server, NAME, policy));
            assertTrue(refused.getMessage().contains(why), refused.getMessage());
        }
    }

    private static SmtpSession open(ScriptedServer server, String name, TlsPolicy policy) throws IOException {
        return SmtpSession.open(server.address(), name, ClientIdentity.of("us.example.test"), policy, PATIENT, Opening.UNHURRIED);
    }
}
