package org.postel.smtp.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.mail.BodyType;
import org.postel.mail.ReversePath;
import org.postel.smtp.command.Assessment;
import org.postel.smtp.command.ContentBudget;
import org.postel.smtp.command.MessageIntake;
import org.postel.smtp.command.Inspection;
import org.postel.smtp.command.Peer;
import org.postel.smtp.session.Account;
import org.postel.smtp.session.Client;
import org.postel.smtp.session.Login;
import org.postel.smtp.session.SmtpState.Addressing;
import org.postel.smtp.syntax.ClientName;
import org.postel.smtp.syntax.MailDsn;
import org.postel.smtp.syntax.SmtpCommand;
import org.postel.trust.ForgedResults;
import org.postel.trust.Judge;
import org.postel.trust.dns.FakeDns;

class TrustInspectionTest {

    private static final int LIMIT = 32 * 1024;
    private static final String FORGED = "Authentication-Results: MX.example.test;\r\n\tspf=pass\r\n";
    private static final String OTHERS = "Authentication-Results: other.test; none\r\n";
    private static final InetAddress STRANGER = InetAddress.ofLiteral("192.0.2.1");

    private final FakeDns dns = new FakeDns();
    private final Budget budget = new Budget(1 << 20);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    // SAFETY row 29
    @Test
    void aForgedFieldIsTakenOutAndTheRestIsUnchanged() {
        String rest = "From: a@example.org\r\n" + OTHERS + "X: y\r\n z\r\n\r\n" + FORGED + "body\r\n";
        Assessment assessment = inspect(STRANGER, FORGED + rest.replace("X: y", FORGED + "X: y"), 1000);
        assertEquals(rest, text());
        assertTrue(assessment.fields().startsWith("Authentication-Results: mx.example.test;\r\n"), assessment.fields());
    }

    @Test
    void anHonestMailIsUnchangedInAnyPieces() {
        String mail = "From: a@example.org\r\n" + OTHERS + "X: y\r\n z\r\n\r\nbody\r\n\r\n";
        for (int piece = 1; piece <= mail.length(); piece++) {
            out.reset();
            inspect(STRANGER, mail, piece);
            assertEquals(mail, text(), "pieces of " + piece);
        }
    }

    @Test
    void aHeaderWithoutBodyIsLookedAtToo() {
        inspect(STRANGER, FORGED + "From: a@example.org\r\n", 1000);
        assertEquals("From: a@example.org\r\n", text());
    }

    @Test
    void anEmptyHeaderIsOne() {
        inspect(STRANGER, "\r\n" + FORGED, 1000);
        assertEquals("\r\n" + FORGED, text());
    }

    @Test
    void anyPiecesGiveTheSame() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            out.reset();
            String rest = "A: b\r\r\n c\r\n\r\n\r\nbody\r\n\r\n";
            inspect(STRANGER, FORGED + rest, 1 + random.nextInt(40));
            assertEquals(rest, text(), "seed " + seed);
        }
    }

    @Test
    void fromThisMachineNothingIsAskedButForgeriesGo() {
        Assessment assessment = inspect(InetAddress.ofLiteral("127.0.0.1"), FORGED + "A: b\r\n\r\n", 1000);
        assertEquals(Assessment.NOTHING, assessment);
        assertEquals(0, dns.asked());
        assertEquals("A: b\r\n\r\n", text());
    }

    @Test
    void afterALoginNothingIsAskedButForgeriesGo() {
        Login login = new Login.Authenticated(new Account("a@example.test", Set.of("a@example.test"), () -> true));
        Inspection inspection = inspector(DmarcHandling.REJECT).open(envelope(login), new Peer(STRANGER, "TLSv1.3, TLS_AES_256_GCM_SHA384"), out::write, budget);
        byte[] octets = (FORGED + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        inspection.accept(octets, 0, octets.length);
        inspection.end();
        assertEquals(Assessment.NOTHING, inspection.assess());
        assertEquals("\r\n", text());
        assertEquals(0, dns.asked());
    }

    // A mail server of ours has judged it: its own address is in no record of the sender.
    @Test
    void overLmtpNothingIsAskedButForgeriesGo() {
        Addressing envelope = new Addressing(new Client(new ClientName("mta.example.test"), true, true), new Login.Anonymous(),
            envelope(new Login.Anonymous()).mail(), List.of());
        Inspection inspection = inspector(DmarcHandling.REJECT).open(envelope, new Peer(STRANGER, "TLSv1.3, TLS_AES_256_GCM_SHA384"), out::write, budget);
        byte[] octets = (FORGED + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        inspection.accept(octets, 0, octets.length);
        inspection.end();
        assertEquals(Assessment.NOTHING, inspection.assess());
        assertEquals("\r\n", text());
        assertEquals(0, dns.asked());
    }

    @ParameterizedTest
    @CsvSource({"NONE,reject,false,false", "MARK,reject,false,false", "QUARANTINE,reject,true,false", "QUARANTINE,quarantine,true,false",
        "QUARANTINE,none,false,false", "REJECT,reject,false,true", "REJECT,quarantine,true,false", "REJECT,none,false,false"})
    void thePolicyIsAppliedAsConfigured(DmarcHandling handling, String policy, boolean junk, boolean refused) {
        dns.with("_dmarc.example.org", "TXT", "v=DMARC1; p=" + policy);
        Assessment assessment = inspect(handling, STRANGER, "From: a@example.org\r\n\r\n", 1000);
        assertEquals(junk, assessment.junk());
        assertEquals(refused, assessment.refusal().isPresent());
        assertEquals(handling != DmarcHandling.NONE && !refused, assessment.fields().contains("dmarc=fail"));
        assessment.refusal().ifPresent(reply -> assertTrue(reply.lines().getFirst().contains("DMARC policy of example.org")));
    }

    // SAFETY row 28
    @Test
    void twoAuthorsAreRefusedWherePoliciesAre() {
        Assessment assessment = inspect(DmarcHandling.REJECT, STRANGER, "From: a@example.org\r\nFrom: b@example.com\r\n\r\n", 1000);
        assertEquals(DmarcHandling.NO_AUTHOR, assessment.refusal().get());
    }

    @Test
    void troubleWithDnsKeepsNoMailOut() {
        dns.silent("_dmarc.example.org", "TXT").silent("example.com", "TXT");
        Assessment assessment = inspect(DmarcHandling.REJECT, STRANGER, "From: a@example.org\r\n\r\n", 1000);
        assertTrue(assessment.refusal().isEmpty());
        assertTrue(assessment.fields().contains("dmarc=temperror"), assessment.fields());
    }

    @Test
    void withoutRoomForTheHeaderNothingGoesOn() {
        budget.free = 30_000;
        Assessment assessment = inspect(STRANGER, "A: " + "x".repeat(10_000) + "\r\n" + FORGED + "\r\nbody\r\n", 1000);
        assertEquals(MessageIntake.NO_ROOM, assessment.refusal().get());
        assertEquals("", text());
        assertEquals(2, budget.asked, "each question may wait");
    }

    @Test
    void aHeaderOverTheLimitIsLeftToWhoRefusesIt() {
        String content = "A: " + "x".repeat(2 * LIMIT) + "\r\n\r\n";
        assertEquals(Assessment.NOTHING, inspect(STRANGER, content, 1000));
        assertEquals(content, text());
    }

    private Assessment inspect(InetAddress client, String content, int piece) {
        return inspect(DmarcHandling.MARK, client, content, piece);
    }

    private Assessment inspect(DmarcHandling handling, InetAddress client, String content, int piece) {
        int before = budget.free;
        byte[] octets = content.getBytes(StandardCharsets.ISO_8859_1);
        try (Inspection inspection = inspector(handling).open(envelope(new Login.Anonymous()), new Peer(client, "TLSv1.3, TLS_AES_256_GCM_SHA384"), out::write, budget)) {
            for (int from = 0; from < octets.length; from += piece) {
                inspection.accept(octets, from, Math.min(piece, octets.length - from));
            }
            inspection.end();
            return inspection.starved() ? Assessment.refused(MessageIntake.NO_ROOM) : inspection.assess();
        } finally {
            assertEquals(before, budget.free, "all room is given back");
        }
    }

    private TrustInspector inspector(DmarcHandling handling) {
        Judge judge = new Judge("mx.example.test", dns, Duration.ofMinutes(1), handling != DmarcHandling.NONE, Clock.systemUTC());
        return new TrustInspector(judge, new ForgedResults("mx.example.test"), handling, false, LIMIT);
    }

    private static Addressing envelope(Login login) {
        var mail = new SmtpCommand.Mail(new ReversePath.Null(), OptionalLong.empty(), BodyType.SEVEN_BIT, false, MailDsn.NONE);
        return new Addressing(new Client(new ClientName("client.example.org"), true), login, mail, List.of());
    }

    private String text() {
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static final class Budget implements ContentBudget {

        private int free;
        private int asked;

        Budget(int free) {
            this.free = free;
        }

        @Override
        public boolean acquire(int octets) {
            asked++;
            if (octets > free) {
                return false;
            }
            free -= octets;
            return true;
        }

        @Override
        public void release(int octets) {
            free += octets;
        }
    }
}
