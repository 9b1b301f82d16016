package org.postel.delivery.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.postel.delivery.smtp.Sending.PATIENT;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that DNS names by their certificates: RFC 7672 §3. */
@Timeout(60)
class DaneTest {

    private static final String NAME = "mx.example.org";

    @ParameterizedTest
    @CsvSource({"2, 0, 0", "2, 0, 1", "2, 1, 1", "2, 1, 2", "3, 0, 0", "3, 0, 1", "3, 1, 0", "3, 1, 1", "3, 1, 2"})
    void theCertificateThatDnsNamesIsTaken(int usage, int selector, int matching) throws Exception {
        Tlsa tlsa = TestAuthority.tlsa(NAME, false, usage, selector, matching);
        assertTrue(taken(NAME, false, Set.of(tlsa, TestAuthority.tlsa("old.example.org", false, 3, 1, 1)), Set.of(NAME)));
    }

    // SAFETY row 6
    @ParameterizedTest
    @CsvSource({"3, 0, 1", "3, 1, 1"})
    void anotherOneIsNot(int usage, int selector, int matching) throws Exception {
        taken("other.example.org", false, Set.of(TestAuthority.tlsa(NAME, false, usage, selector, matching)), Set.of("other.example.org"), "TLSA");
    }

    /** RFC 7672 §3.1.1: DNS says that it is the one, whatever name and date it bears. */
    @ParameterizedTest
    @CsvSource({"mx.example.org, true", "other.example.org, false"})
    void usageThreeLooksAtNeitherNameNorDate(String certificate, boolean expired) throws Exception {
        assertTrue(taken(certificate, expired, Set.of(TestAuthority.tlsa(certificate, expired, 3, 1, 1)), Set.of(NAME)));
    }

    @ParameterizedTest
    @CsvSource({"mx.example.org, true, vouch", "other.example.org, false, not for"})
    void usageTwoLooksAtBoth(String certificate, boolean expired, String why) throws Exception {
        taken(certificate, expired, Set.of(TestAuthority.tlsa(NAME, false, 2, 0, 1)), Set.of(NAME), why);
    }

    /** RFC 7672 §8.1: it may have a certificate for each of its names. */
    @Test
    void theServerIsAskedForTheNameThatTheRecordsAreOf() throws Exception {
        CompletableFuture<List<SNIServerName>> asked = new CompletableFuture<>();
        TlsPolicy policy = new TlsPolicy.Dane("real.example.net", Set.of(TestAuthority.tlsa(NAME, false, 3, 1, 1)), Set.of(NAME));
        try (ScriptedServer server = new ScriptedServer(TestAuthority.underTls(TestAuthority.server(NAME, false), line -> {
            asked.complete(((ExtendedSSLSession) ((SSLSocket) line.socket()).getSession()).getRequestedServerNames());
            line.welcomeAgain();
            line.answer("221 bye\r\n");
        })); SmtpSession session = SmtpSession.open(server.address(), NAME, ClientIdentity.of("us.example.test"), policy, PATIENT, Opening.UNHURRIED)) {
            assertTrue(session.encrypted());
            assertEquals(List.of(new SNIHostName("real.example.net")), asked.get(5, TimeUnit.SECONDS));
        }
    }

    private static void taken(String certificate, boolean expired, Set<Tlsa> associations, Set<String> names, String why) {
        TlsException refused = assertThrows(TlsException.class, () -> taken(certificate, expired, associations, names));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }

    private static boolean taken(String certificate, boolean expired, Set<Tlsa> associations, Set<String> names) throws IOException {
        try (ScriptedServer server = new ScriptedServer(TestAuthority.underTls(TestAuthority.server(certificate, expired), line -> {
            line.welcomeAgain();
            line.answer("221 bye\r\n");
        })); SmtpSession session = SmtpSession.open(server.address(), NAME, ClientIdentity.of("us.example.test"), new TlsPolicy.Dane(NAME, associations, names),
                SmtpTimeouts.all(Duration.ofSeconds(10), Duration.ofSeconds(30)), Opening.UNHURRIED)) {
            return session.encrypted();
        }
    }
}
