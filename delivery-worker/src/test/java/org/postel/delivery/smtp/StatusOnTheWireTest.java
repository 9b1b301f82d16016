package org.postel.delivery.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postel.delivery.smtp.OutgoingMail.Body;
import org.postel.delivery.smtp.OutgoingMail.Wishes;

/** What a server hears of what the sender wants to be told. */
class StatusOnTheWireTest {

    private static final String MAIL = "Subject: hello\r\n\r\nhello\r\n";

    /** RFC 3461 §5.2.1. */
    @Test
    void whatTheSenderWantsToBeToldGoesOnToAServerWithDsn() throws Exception {
        OutgoingMail mail = new OutgoingMail("alice@example.test", MAIL.length(), Body.SEVEN_BIT, false, new Wishes("hdrs", "QQ+2B314"),
                () -> stream(MAIL));
        To bob = new To("bob@example.org", "success,failure", "rfc822;Bob+2Bnews@example.test");
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("DSN");
            assertEquals("MAIL FROM:<alice@example.test> RET=HDRS ENVID=QQ+2B314", line.answer("250 ok\r\n"));
            assertEquals("RCPT TO:<bob@example.org> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;Bob+2Bnews@example.test", line.answer("250 ok\r\n"));
            line.answer("354 go on\r\n");
            line.hearContent();
            line.say("250 ok\r\n");
            line.answer("221 bye\r\n");
        }); SmtpSession session = open(server)) {
            assertTrue(assertInstanceOf(Answer.Taken.class, session.send(mail, List.of(bob), new ArrayList<>(), Opening.UNHURRIED).getFirst()).statusPassedOn());
        }
    }

    @Test
    void aServerWithoutDsnHearsNothingOfIt() throws Exception {
        OutgoingMail mail = new OutgoingMail("alice@example.test", MAIL.length(), Body.SEVEN_BIT, false, new Wishes("FULL", "id"), () -> stream(MAIL));
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("SIZE");
            assertEquals("MAIL FROM:<alice@example.test> SIZE=" + MAIL.length(), line.answer("250 ok\r\n"));
            assertEquals("RCPT TO:<bob@example.org>", line.answer("250 ok\r\n"));
            line.answer("354 go on\r\n");
            line.hearContent();
            line.say("250 ok\r\n");
            line.answer("221 bye\r\n");
        }); SmtpSession session = open(server)) {
            List<Answer> answers = session.send(mail, List.of(new To("bob@example.org", "NEVER", "rfc822;b@c")), new ArrayList<>(), Opening.UNHURRIED);
            assertFalse(assertInstanceOf(Answer.Taken.class, answers.getFirst()).statusPassedOn());
        }
    }

    private static SmtpSession open(ScriptedServer server) throws IOException {
        return SmtpSession.open(server.address(), "mx.example.org", ClientIdentity.of("us.example.test"), TlsPolicy.OPPORTUNISTIC,
                SmtpTimeouts.all(Duration.ofSeconds(10), Duration.ofSeconds(30)), Opening.UNHURRIED);
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
