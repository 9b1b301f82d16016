package org.postel.smtp.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.postel.mail.BodyType;
import org.postel.mail.ReversePath;
import org.postel.smtp.command.Assessment;
import org.postel.smtp.command.ContentBudget;
import org.postel.smtp.command.Inspection;
import org.postel.smtp.command.Inspector;
import org.postel.smtp.command.Peer;
import org.postel.smtp.session.Client;
import org.postel.smtp.session.Login;
import org.postel.smtp.session.SmtpState.Addressing;
import org.postel.smtp.syntax.ClientName;
import org.postel.smtp.syntax.MailDsn;
import org.postel.smtp.syntax.Reply;
import org.postel.smtp.syntax.SmtpCommand.Mail;
import org.postel.smtp.trust.Untouched;

/** Bugs of ours: a scanner that must be asked is asked nevertheless. */
class ScanningInspectorTest {

    private static final Reply INFECTED = Reply.of(550, "5.7.1", "infected");
    private static final Inspector BROKEN = (envelope, peer, out, budget) -> new Passing(new Untouched(out)) {
        @Override
        public Assessment assess() {
            throw new IllegalStateException("a bug");
        }
    };
    private static final Inspector SOUND = (envelope, peer, out, budget) -> new Untouched(out);

    @Test
    void whatIsBrokenBeforeGetsNoMalwareIn() {
        assertEquals(Optional.of(INFECTED), assess(BROKEN, finding(() -> Assessment.refused(INFECTED))).refusal());
    }

    @Test
    void aBrokenScannerIsOneThatDoesNotAnswer() {
        assertEquals(Optional.of(ScanningInspector.NOT_SCANNED), assess(SOUND, finding(() -> {
            throw new IllegalStateException("a bug");
        })).refusal());
    }

    private static Assessment assess(Inspector next, Scanner scanner) {
        Mail mail = new Mail(new ReversePath.Null(), OptionalLong.empty(), BodyType.SEVEN_BIT, false, MailDsn.NONE);
        Addressing envelope = new Addressing(new Client(new ClientName("client"), true), new Login.Anonymous(), mail, List.of());
        ContentBudget budget = new ContentBudget() {
            @Override
            public boolean acquire(int octets) {
                return true;
            }

            @Override
            public void release(int octets) {
            }
        };
        try (Inspection inspection = new ScanningInspector(next, scanner, 1000, OnFailure.TEMPFAIL)
            .open(envelope, new Peer(InetAddress.ofLiteral("192.0.2.1"), ""), (octets, offset, length) -> { }, budget)) {
            inspection.accept(new byte[10], 0, 10);
            inspection.end();
            return inspection.assess();
        }
    }

    private interface Answer {
        Assessment give();
    }

    private static Scanner finding(Answer answer) {
        return (envelope, peer, size) -> new Scanner.Scan() {
            @Override
            public void write(byte[] octets, int offset, int length) {
            }

            @Override
            public Assessment finish() {
                return answer.give();
            }

            @Override
            public void close() {
            }
        };
    }
}
