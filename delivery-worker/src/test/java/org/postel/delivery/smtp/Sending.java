package org.postel.delivery.smtp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postel.delivery.smtp.OutgoingMail.Body;
import org.postel.delivery.smtp.OutgoingMail.Wishes;

/** Mail, and how tests send it to a server of theirs. */
final class Sending {

    static final String MAIL = "Subject: hello\r\n\r\nhello\r\n";
    static final SmtpTimeouts PATIENT = SmtpTimeouts.all(Duration.ofSeconds(10), Duration.ofSeconds(30));

    private Sending() {
    }

    static SmtpSession open(ScriptedServer server, SmtpTimeouts timeouts) throws IOException {
        return SmtpSession.open(server.address(), "mx.example.org", ClientIdentity.of("us.example.test"), TlsPolicy.OPPORTUNISTIC, timeouts,
                Opening.UNHURRIED);
    }

    static List<Answer> send(ScriptedServer server, SmtpTimeouts timeouts, OutgoingMail mail, List<String> recipients)
            throws IOException {
        try (SmtpSession session = open(server, timeouts)) {
            return session.send(mail, recipients.stream().map(To::of).toList(), new ArrayList<>(), Opening.UNHURRIED);
        }
    }

    static OutgoingMail mail(String text) {
        return new OutgoingMail("alice@example.test", text.getBytes(StandardCharsets.UTF_8).length, Body.SEVEN_BIT, false, Wishes.NONE, () -> stream(text));
    }

    static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
