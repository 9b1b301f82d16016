package org.postel.delivery.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.postel.delivery.smtp.Sending.MAIL;
import static org.postel.delivery.smtp.Sending.PATIENT;
import static org.postel.delivery.smtp.Sending.mail;
import static org.postel.delivery.smtp.Sending.send;
import static org.postel.delivery.smtp.Sending.stream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postel.delivery.smtp.OutgoingMail.Body;
import org.postel.delivery.smtp.OutgoingMail.Wishes;

/** What a server lacks is not asked of it (SIZE, RFC 1870 §6; SMTPUTF8, RFC 6531 §3.1). */
class OfferTest {

    @Test
    void tooBigForTheServerIsNotOffered() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("SIZE 10");
            assertEquals("QUIT", line.answer("221 bye\r\n"));
        })) {
            assertEquals("5.3.4", notOffered(send(server, PATIENT, mail(MAIL), List.of("a@example.org"))));
        }
    }

    @Test
    void utf8AddressNeedsSmtputf8() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("8BITMIME");
            line.answer("221 bye\r\n");
        })) {
            assertEquals("5.6.7", notOffered(send(server, PATIENT, mail(MAIL), List.of("jürgen@example.org"))));
        }
    }

    @Test
    void oneUtf8AddressKeepsNoOtherFromGettingTheMail() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("8BITMIME");
            line.answer("250 ok\r\n");
            assertEquals("RCPT TO:<a@example.org>", line.answer("250 ok\r\n"));
            assertEquals("RCPT TO:<b@example.org>", line.answer("550 5.1.1 unknown\r\n"));
            line.answer("354 go on\r\n");
            line.hearContent();
            line.say("250 ok\r\n");
            line.answer("221 bye\r\n");
        })) {
            List<Answer> answers = send(server, PATIENT, mail(MAIL), List.of("j\u00fcrgen@example.org", "a@example.org", "b@example.org"));
            assertEquals("5.6.7", notOffered(answers));
            assertInstanceOf(Answer.Taken.class, answers.get(1));
            assertInstanceOf(Answer.Refused.class, answers.get(2));
        }
    }

    @Test
    void utf8ReversePathNeedsSmtputf8() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("8BITMIME");
            assertEquals("QUIT", line.answer("221 bye\r\n"));
        })) {
            OutgoingMail mail = new OutgoingMail("j\u00fcrgen@example.test", MAIL.length(), Body.SEVEN_BIT, false, Wishes.NONE, () -> stream(MAIL));
            assertEquals("5.6.7", notOffered(send(server, PATIENT, mail, List.of("a@example.org"))));
        }
    }

    @Test
    void utf8HeaderNeedsSmtputf8ButAsciiDoesNot() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("8BITMIME");
            line.take();
            line.answer("221 bye\r\n");
        })) {
            assertInstanceOf(Answer.Taken.class, send(server, PATIENT, utf8("Subject: hi\r\n\r\nö\r\n"), List.of("a@example.org")).getFirst());
            assertEquals("5.6.7", notOffered(send(server, PATIENT, utf8("Subject: ö\r\n\r\nhi\r\n"), List.of("a@example.org"))));
        }
    }

    @Test
    void smtputf8IsUsedWhenNeeded() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("8BITMIME", "SMTPUTF8");
            assertEquals("MAIL FROM:<alice@example.test> BODY=8BITMIME SMTPUTF8", line.answer("250 ok\r\n"));
            assertEquals("RCPT TO:<jürgen@example.org>", line.answer("250 ok\r\n"));
            line.answer("354 go on\r\n");
            line.hearContent();
            line.say("250 ok\r\n");
            line.answer("221 bye\r\n");
        })) {
            assertInstanceOf(Answer.Taken.class, send(server, PATIENT, mail(MAIL), List.of("jürgen@example.org")).getFirst());
        }
    }

    private static String notOffered(List<Answer> answers) {
        return assertInstanceOf(Answer.NotOffered.class, answers.getFirst()).status();
    }

    private static OutgoingMail utf8(String text) {
        return new OutgoingMail("alice@example.test", text.getBytes(StandardCharsets.UTF_8).length, Body.EIGHT_BIT, true, Wishes.NONE, () -> stream(text));
    }
}
