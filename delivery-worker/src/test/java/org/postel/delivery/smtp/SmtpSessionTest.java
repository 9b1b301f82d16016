package org.postel.delivery.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.postel.delivery.smtp.Sending.MAIL;
import static org.postel.delivery.smtp.Sending.PATIENT;
import static org.postel.delivery.smtp.Sending.mail;
import static org.postel.delivery.smtp.Sending.open;
import static org.postel.delivery.smtp.Sending.send;
import static org.postel.delivery.smtp.Sending.stream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.delivery.smtp.OutgoingMail.Body;
import org.postel.delivery.smtp.OutgoingMail.Wishes;

/** The client against servers of every kind. */
class SmtpSessionTest {

    @Test
    void plainTransactionWithoutExtensions() throws Exception {
        CompletableFuture<List<String>> heard = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(line -> {
            List<String> said = new ArrayList<>();
            line.say("220 mx.example.org\r\n");
            said.add(line.answer("250 mx.example.org\r\n"));
            said.add(line.answer("250 ok\r\n"));
            said.add(line.answer("250 ok\r\n"));
            said.add(line.answer("354 go on\r\n"));
            said.add(line.hearContent());
            line.say("250 2.0.0 queued\r\n");
            said.add(line.answer("221 bye\r\n"));
            heard.complete(said);
        })) {
            List<Answer> answers = send(server, PATIENT, mail(MAIL), List.of("bob@example.org"));
            assertEquals("2.0.0", assertInstanceOf(Answer.Taken.class, answers.getFirst()).reply().status().orElseThrow());
        }
        assertEquals(List.of("EHLO us.example.test", "MAIL FROM:<alice@example.test>", "RCPT TO:<bob@example.org>", "DATA",
                MAIL + ".\r\n", "QUIT"), heard.get(5, TimeUnit.SECONDS));
    }

    @Test
    void heloWhenEhloIsUnknown() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.say("220 mx\r\n");
            assertEquals("EHLO us.example.test", line.answer("502 5.5.1 what?\r\n"));
            assertEquals("HELO us.example.test", line.answer("250 mx\r\n"));
            line.take();
            line.answer("221 bye\r\n");
        })) {
            assertInstanceOf(Answer.Taken.class, send(server, PATIENT, mail(MAIL), List.of("bob@example.org")).getFirst());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRefusalCountsAlsoWhenTheServerHangsUpAfterIt(boolean pipelining) throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome(pipelining ? new String[] {"PIPELINING"} : new String[0]);
            line.answer("550 5.7.1 you are banned\r\n");
        })) {
            Answer.Refused refused = assertInstanceOf(Answer.Refused.class, send(server, PATIENT, mail(MAIL), List.of("bob@example.org")).getFirst());
            assertEquals("5.7.1", refused.reply().status().orElseThrow());
        }
    }

    @Test
    void recipientsAreAnsweredEachByItself() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("PIPELINING", "SIZE 1000000", "8BITMIME", "ENHANCEDSTATUSCODES");
            assertEquals("MAIL FROM:<alice@example.test> SIZE=" + MAIL.length(), line.hear());
            line.hear();
            line.hear();
            line.hear();
            line.say("250 2.1.0 ok\r\n550 5.1.1 no such user\r\n250 2.1.5 ok\r\n452 4.2.2 full\r\n");
            line.answer("354 go on\r\n");
            line.hearContent();
            line.say("250 2.0.0 queued\r\n");
            line.answer("221 bye\r\n");
        })) {
            List<Answer> answers = send(server, PATIENT, mail(MAIL), List.of("a@example.org", "b@example.org", "c@example.org"));
            assertEquals("550 5.1.1 no such user", assertInstanceOf(Answer.Refused.class, answers.get(0)).reply().toString());
            assertInstanceOf(Answer.Taken.class, answers.get(1));
            assertTrue(assertInstanceOf(Answer.Refused.class, answers.get(2)).reply().transientFailure());
        }
    }

    /** However soon it comes after that: the guard of the connection looks once a second only. */
    @ParameterizedTest
    @CsvSource({"SIZE,DATA", "CHUNKING,RCPT"})
    void noContentGoesWhenTheOpeningIsOver(String extension, String last) throws Exception {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        AtomicLong left = new AtomicLong(Long.MAX_VALUE);
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome(extension);
            for (String command = line.hear(); !command.isEmpty(); command = line.hear()) {
                heard.add(command);
                if (command.startsWith(last)) {
                    left.set(0);
                }
                line.say(command.equals("DATA") ? "354 go on\r\n" : "250 ok\r\n");
            }
        }); SmtpSession session = open(server, PATIENT)) {
            assertThrows(IOException.class,
                    () -> session.send(mail(MAIL), List.of(To.of("bob@example.org")), new ArrayList<>(), left::get));
        }
        assertTrue(heard.getLast().startsWith(last), heard.toString());
    }

    @Test
    void noDataWhenAllRecipientsAreRefused() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.answer("250 ok\r\n");
            line.answer("550 5.1.1 unknown\r\n");
            assertEquals("RSET", line.answer("250 ok\r\n"));
            assertEquals("QUIT", line.answer("221 bye\r\n"));
        })) {
            assertInstanceOf(Answer.Refused.class, send(server, PATIENT, mail(MAIL), List.of("bob@example.org")).getFirst());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"421 4.3.2 later", "451 4.3.0 later", "550 5.7.1 never", "554 5.0.0 never"})
    void refusalOfTheSenderIsForAll(String reply) throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.answer(reply + "\r\n");
            line.answer("250 ok\r\n");
            line.answer("221 bye\r\n");
        })) {
            List<Answer> answers = send(server, PATIENT, mail(MAIL), List.of("a@example.org", "b@example.org"));
            assertEquals(2, answers.size());
            answers.forEach(answer -> assertEquals(reply, assertInstanceOf(Answer.Refused.class, answer).reply().toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"451 4.3.0 disk full", "554 5.6.0 virus"})
    void refusalAfterTheContentIsForThoseWhoWereTaken(String reply) throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.answer("250 ok\r\n");
            line.answer("250 ok\r\n");
            line.answer("354 go on\r\n");
            line.hearContent();
            line.say(reply + "\r\n");
            line.answer("221 bye\r\n");
        })) {
            Answer answer = send(server, PATIENT, mail(MAIL), List.of("a@example.org")).getFirst();
            assertEquals(reply, assertInstanceOf(Answer.Refused.class, answer).reply().toString());
        }
    }

    @Test
    void refusalOfDataCounts() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.answer("250 ok\r\n");
            line.answer("250 ok\r\n");
            line.answer("451 4.3.0 not now\r\n");
            line.answer("250 ok\r\n");
            line.answer("221 bye\r\n");
        })) {
            assertInstanceOf(Answer.Refused.class, send(server, PATIENT, mail(MAIL), List.of("a@example.org")).getFirst());
        }
    }

    // RFC 5321 §4.5.3.1.8, and RFC 9422 §4 of a server that takes fewer.
    @ParameterizedTest
    @CsvSource({"SIZE, 100 30", "LIMITS MAILMAX=9 rcptmax=50 X=1, 50 50 30", "LIMITS RCPTMAX=1000, 100 30", "LIMITS RCPTMAX=0, 100 30", "LIMITS RCPTMAX=many, 100 30"})
    void manyRecipientsTakeSeveralTransactions(String offered, String transactions) throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome(offered);
            for (int recipients : Arrays.stream(transactions.split(" ")).mapToInt(Integer::parseInt).toArray()) {
                line.answer("250 ok\r\n");
                for (int i = 0; i < recipients; i++) {
                    line.answer("250 ok\r\n");
                }
                assertEquals("DATA", line.answer("354 go on\r\n"));
                line.hearContent();
                line.say("250 ok\r\n");
            }
            line.answer("221 bye\r\n");
        })) {
            List<String> recipients = IntStream.range(0, 130).mapToObj(i -> "r" + i + "@example.org").toList();
            List<Answer> answers = send(server, PATIENT, mail(MAIL), recipients);
            assertEquals(130, answers.stream().filter(Answer.Taken.class::isInstance).count());
        }
    }

    /** SAFETY row 2: outbound smuggling, CVE-2026-33604. */
    @Test
    void contentNeverCarriesABareLineEndOrAnUndoubledDot() throws Exception {
        CompletableFuture<String> content = new CompletableFuture<>();
        String nasty = "Subject: x\n\n.one\r.two\n.\r\n..three\r\r\n.\rMAIL FROM:<evil@example.org>\n.";
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            content.complete(line.take());
            line.answer("221 bye\r\n");
        })) {
            send(server, PATIENT, mail(nasty), List.of("bob@example.org"));
        }
        assertEquals("Subject: x\r\n\r\n..one\r\n..two\r\n..\r\n...three\r\n\r\n..\r\nMAIL FROM:<evil@example.org>\r\n..\r\n.\r\n",
                content.get(5, TimeUnit.SECONDS));
    }

    @Test
    void emptyContentIsStillEndedRight() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.answer("250 ok\r\n");
            line.answer("250 ok\r\n");
            line.answer("354 go on\r\n");
            assertEquals(".", line.answer("250 ok\r\n"));
            line.answer("221 bye\r\n");
        })) {
            assertInstanceOf(Answer.Taken.class, send(server, PATIENT, mail(""), List.of("a@example.org")).getFirst());
        }
    }

    @Test
    void halfTheContentNeverGetsItsFinalDot() throws Exception {
        CompletableFuture<String> content = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.answer("250 ok\r\n");
            line.answer("250 ok\r\n");
            line.answer("354 go on\r\n");
            content.complete(line.hearContent());
        })) {
            OutgoingMail mail = new OutgoingMail("alice@example.test", 1000, Body.SEVEN_BIT, false, Wishes.NONE, () -> stream(MAIL));
            assertThrows(IOException.class, () -> send(server, PATIENT, mail, List.of("a@example.org")));
            assertTrue(content.get(5, TimeUnit.SECONDS).endsWith("<EOF>"));
        }
    }

    @Test
    void lineEndInAnAddressNeverGoesOut() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.answer("250 ok\r\n");
            line.hear();
        })) {
            assertThrows(IllegalArgumentException.class,
                    () -> send(server, PATIENT, mail(MAIL), List.of("a@example.org>\r\nDATA")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400 Bad Request\r\n", "\r\n", "99 x\r\n", "2x0 x\r\n", "220", "250-a\r\n251 b\r\n", "999 x\r\n", "220x\r\n"})
    void garbageInsteadOfAGreetingIsHungUpOn(String garbage) throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> line.say(garbage))) {
            assertThrows(IOException.class, () -> open(server, PATIENT));
        }
    }

    @Test
    void refusedGreetingSaysWhatWasSaid() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> line.say("554-go away\r\n554 5.7.1 now\r\n"))) {
            GreetingException refused = assertThrows(GreetingException.class, () -> open(server, PATIENT));
            assertEquals("554-go away\n554 5.7.1 now", refused.reply().toString());
        }
    }

    @Test
    void ourOwnNameInTheGreetingIsALoop() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> line.say("220 US.example.test ESMTP\r\n"))) {
            assertThrows(OurselvesException.class, () -> open(server, PATIENT));
        }
    }

    /** SAFETY row 5: what came in clear before the handshake counts for nothing. */
    @Test
    void textInjectedBeforeTheHandshakeIsNotBelieved() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("STARTTLS");
            line.answer("220 go on\r\n250-mx\r\n250 AUTH PLAIN\r\n");
            line.hear();
        })) {
            assertThrows(ProtocolException.class, () -> open(server, PATIENT));
        }
    }

    /** SAFETY row 5: what a server promises in clear may be the word of somebody between, so it is asked anew. */
    @Test
    void whatWasPromisedBeforeTheHandshakeIsForgotten() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("STARTTLS", "REQUIRETLS");
            assertEquals("STARTTLS", line.answer("220 go on\r\n"));
            SSLSocket tls = (SSLSocket) TestAuthority.server("mx.example.org", false).getSocketFactory().createSocket(line.socket(), null, true);
            tls.setUseClientMode(false);
            tls.startHandshake();
            ScriptedServer.Line secret = line.over(tls);
            first.complete(secret.welcomeAgain());
            secret.answer("221 bye\r\n");
        }); SmtpSession session = open(server, PATIENT)) {
            assertTrue(session.encrypted());
            assertFalse(session.keepsTls());
        }
        assertEquals("EHLO us.example.test", first.get(5, TimeUnit.SECONDS));
    }

    @Test
    void refusedStarttlsGoesOnInClear() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("STARTTLS");
            assertEquals("STARTTLS", line.answer("454 4.7.0 not now\r\n"));
            line.take();
            line.answer("221 bye\r\n");
        })) {
            assertInstanceOf(Answer.Taken.class, send(server, PATIENT, mail(MAIL), List.of("a@example.org")).getFirst());
        }
    }

    @Test
    void requiredTlsIsNeverGivenUp() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            assertFalse(line.hear().startsWith("MAIL"));
        })) {
            assertThrows(TlsException.class, () -> SmtpSession.open(server.address(), "mx.example.org", ClientIdentity.of("us.example.test"),
                    TlsPolicy.REQUIRED, PATIENT, Opening.UNHURRIED));
        }
    }
}
