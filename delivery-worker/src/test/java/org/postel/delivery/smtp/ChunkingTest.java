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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.delivery.smtp.OutgoingMail.Body;
import org.postel.delivery.smtp.OutgoingMail.Wishes;
import org.postel.delivery.smtp.ScriptedServer.Line;

/** Content by BDAT: RFC 3030. */
class ChunkingTest {

    /** More chunks than may be unanswered, and some. */
    private static final String LONG = "0123456789abcde\r\n".repeat(20 * ChunkWriter.CHUNK / 17);

    /** A command as a server hears it, with the octets it announces. */
    private record Heard(String command, String octets) {
        private static Heard from(Line line) throws IOException {
            String command = line.hear();
            return new Heard(command, command.startsWith("BDAT ") ? line.hear(Integer.parseInt(command.split(" ")[1])) : "");
        }

        private boolean last() {
            return command.endsWith(" LAST");
        }
    }

    /** SAFETY row 2: no bare CR or LF in text; a dot ends nothing, and stands for itself. */
    @Test
    void textGoesAsItsLinesWithoutDoubledDots() throws Exception {
        String nasty = "Subject: x\n\n.one\r.two\n.\r\n..three\r\r\n.\rMAIL FROM:<evil@example.org>\n.";
        assertEquals("Subject: x\r\n\r\n.one\r\n.two\r\n.\r\n..three\r\n\r\n.\r\nMAIL FROM:<evil@example.org>\r\n.\r\n", sent(nasty, "CHUNKING"));
        assertEquals("", sent("", "CHUNKING"));
    }

    /** Also where a chunk ends within a CRLF. */
    @ParameterizedTest
    @ValueSource(strings = {"CHUNKING", "CHUNKING PIPELINING"})
    void textOfManyChunksIsWhatDataWouldCarry(String extensions) throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            StringBuilder content = new StringBuilder();
            String octets = round % 2 == 0 ? "\r\n.a" : "\n";
            for (int left = random.nextInt(300_000); left > 0; left--) {
                content.append(octets.charAt(random.nextInt(octets.length())));
            }
            String lines = content.toString().replace("\r\n", "\n").replace("\r", "\n");
            String expected = (lines.isEmpty() || lines.endsWith("\n") ? lines : lines + "\n").replace("\n", "\r\n");
            assertTrue(expected.equals(sent(content.toString(), extensions)), "seed " + seed + ", round " + round);
        }
    }

    @Test
    void aServerThatPipelinesGetsChunksBeforeItAnswers() throws Exception {
        CompletableFuture<List<Heard>> heard = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(line -> {
            List<Heard> chunks = begun(line, ChunkWriter.MOST_UNANSWERED, "CHUNKING", "PIPELINING");
            line.say("250 ok\r\n".repeat(chunks.size()));
            while (!chunks.getLast().last()) {
                chunks.add(Heard.from(line));
                line.say("250 2.0.0 taken\r\n");
            }
            heard.complete(chunks);
            line.answer("221 bye\r\n");
        })) {
            assertInstanceOf(Answer.Taken.class, send(server, PATIENT, mail(LONG), List.of("bob@example.org")).getFirst());
        }
        List<Heard> chunks = heard.get(5, TimeUnit.SECONDS);
        assertEquals(LONG, String.join("", chunks.stream().map(Heard::octets).toList()));
        assertTrue(chunks.stream().allMatch(chunk -> chunk.octets().length() <= ChunkWriter.CHUNK));
    }

    /** RFC 3030 §2: nothing goes after the refusal of a chunk; what was under way is answered, and the connection is good again. */
    @ParameterizedTest
    @CsvSource({"CHUNKING, 1, 0", "CHUNKING, 1, 2", "CHUNKING PIPELINING, 16, 0", "CHUNKING PIPELINING, 16, 3"})
    void aChunkThatIsRefusedIsTheEndOfItsMessageOnly(String extensions, int unanswered, int taken) throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            List<Heard> chunks = begun(line, unanswered, extensions.split(" "));
            for (int i = 0; i < taken; i++) {
                line.say("250 ok\r\n");
                chunks.add(Heard.from(line));
            }
            line.say("552 5.3.4 too big\r\n");
            assertEquals("RSET", line.hear());
            line.say("503 5.5.1 no more of that\r\n".repeat(unanswered - 1) + "250 ok\r\n");
            assertFalse(chunks.stream().anyMatch(Heard::last));
            assertTrue(taken(line, MAIL));
            line.answer("221 bye\r\n");
        }); SmtpSession session = open(server, PATIENT)) {
            assertEquals("552 5.3.4 too big", refusal(over(session, LONG)));
            assertTrue(session.reusable());
            assertFalse(session.spent());
            assertInstanceOf(Answer.Taken.class, over(session, MAIL));
        }
    }

    /** A server that takes the rest for the whole would keep half a message, and get all of it again. */
    @Test
    void theLastChunkWaitsForTheAnswersToTheOthers() throws Exception {
        String content = LONG.substring(0, 2 * ChunkWriter.CHUNK);
        try (ScriptedServer server = new ScriptedServer(line -> {
            List<Heard> chunks = begun(line, 2, "CHUNKING", "PIPELINING");
            assertFalse(chunks.getLast().last());
            line.say("250 ok\r\n452 4.3.1 no space left\r\n");
            assertEquals("RSET", line.answer("250 ok\r\n"));
            line.answer("221 bye\r\n");
        })) {
            assertEquals("452 4.3.1 no space left", refusal(send(server, PATIENT, mail(content), List.of("bob@example.org")).getFirst()));
        }
    }

    @Test
    void aRefusalOfTheLastChunkIsForThoseWhoWereTaken() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            assertTrue(begun(line, 1, "CHUNKING").getFirst().last());
            line.say("554 5.6.0 virus\r\n");
            assertEquals("RSET", line.answer("250 ok\r\n"));
            assertTrue(taken(line, MAIL));
            line.answer("221 bye\r\n");
        }); SmtpSession session = open(server, PATIENT)) {
            assertEquals("554 5.6.0 virus", refusal(over(session, MAIL)));
            assertInstanceOf(Answer.Taken.class, over(session, MAIL));
        }
    }

    @Test
    void aRefusalCountsAlsoWhenTheServerHangsUpAfterIt() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            begun(line, ChunkWriter.MOST_UNANSWERED, "CHUNKING", "PIPELINING");
            line.say("421 4.3.2 not now\r\n");
            // Whoever hangs up on what it has not read takes its own answer away.
            assertEquals("RSET", line.hear());
        }); SmtpSession session = open(server, PATIENT)) {
            assertEquals("421 4.3.2 not now", refusal(over(session, LONG)));
            assertFalse(session.reusable());
        }
    }

    @Test
    void noChunkGoesWhenAllRecipientsAreRefused() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("CHUNKING", "PIPELINING");
            line.answer("250 ok\r\n");
            line.answer("550 5.1.1 unknown\r\n");
            assertEquals("RSET", line.answer("250 ok\r\n"));
            line.answer("221 bye\r\n");
        })) {
            assertEquals("550 5.1.1 unknown", refusal(send(server, PATIENT, mail(MAIL), List.of("bob@example.org")).getFirst()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 300_000})
    void contentThatIsNotWholeGetsNoLastChunk(int missing) throws Exception {
        CompletableFuture<List<Heard>> heard = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(line -> {
            List<Heard> chunks = begun(line, 1, "CHUNKING", "PIPELINING");
            while (!chunks.getLast().command().isEmpty()) {
                line.say("250 ok\r\n");
                chunks.add(Heard.from(line));
            }
            heard.complete(chunks);
        })) {
            for (int size : List.of(LONG.length() + missing, LONG.length() - missing, 1)) {
                OutgoingMail mail = new OutgoingMail("alice@example.test", size, Body.SEVEN_BIT, false, Wishes.NONE, () -> stream(LONG));
                assertThrows(IOException.class, () -> send(server, PATIENT, mail, List.of("bob@example.org")));
            }
            assertFalse(heard.get(5, TimeUnit.SECONDS).stream().anyMatch(Heard::last));
        }
    }

    // RFC 3030 §3
    @Test
    void binaryContentGoesAsItIs() throws Exception {
        for (String binary : List.of("A: b\r\n\r\n.\r\n\n\r\0.no end", "A: b\r\n\r\n" + "\n.\r\0".repeat(ChunkWriter.CHUNK))) {
            OutgoingMail mail = new OutgoingMail("alice@example.test", binary.length(), Body.BINARY, false, Wishes.NONE, () -> stream(binary));
            assertTrue(binary.equals(sent(mail, "CHUNKING", "BINARYMIME")));
        }
    }

    @Test
    void whoeverDoesNotWantChunksSendsBinaryContentInThemOnly() throws Exception {
        assertEquals("DATA", wayOf(MAIL));
        assertEquals("BDAT 3 LAST", wayOf("a\0b"));
    }

    @Test
    void aServerThatReadsNoChunkIsHungUpOn() throws Exception {
        SmtpTimeouts hasty = SmtpTimeouts.all(Duration.ofMillis(300), Duration.ofSeconds(5));
        CompletableFuture<Void> over = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(line -> {
            begun(line, 1, "CHUNKING");
            over.join();
        })) {
            assertThrows(ConnectionLostException.class, () -> send(server, hasty, mail(LONG), List.of("bob@example.org")));
            over.complete(null);
        }
    }

    private static String wayOf(String content) throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("CHUNKING", "BINARYMIME");
            line.answer("250 ok\r\n");
            line.answer("250 ok\r\n");
            heard.complete(line.answer("450 4.2.0 that is enough\r\n"));
        })) {
            send(server, PATIENT, new OutgoingMail("alice@example.test", content.length(), Body.BINARY, false, false, false, Wishes.NONE,
                    () -> stream(content)), List.of("bob@example.org"));
        }
        return heard.get(5, TimeUnit.SECONDS);
    }

    private static String sent(String content, String extensions) throws Exception {
        return sent(mail(content), extensions.split(" "));
    }

    /** What a server got that takes all. */
    private static String sent(OutgoingMail mail, String... extensions) throws Exception {
        CompletableFuture<String> octets = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(line -> {
            List<Heard> chunks = begun(line, 1, extensions);
            line.say("250 ok\r\n");
            while (!chunks.getLast().last()) {
                chunks.add(Heard.from(line));
                line.say("250 ok\r\n");
            }
            octets.complete(String.join("", chunks.stream().map(Heard::octets).toList()));
            line.answer("221 bye\r\n");
        })) {
            assertInstanceOf(Answer.Taken.class, send(server, PATIENT, mail, List.of("bob@example.org")).getFirst());
        }
        return octets.get(5, TimeUnit.SECONDS);
    }

    /** Greets, takes the envelope, and hears so many chunks without an answer. */
    private static List<Heard> begun(Line line, int chunks, String... extensions) throws IOException {
        line.welcome(extensions);
        line.answer("250 ok\r\n");
        line.answer("250 ok\r\n");
        List<Heard> heard = new ArrayList<>();
        for (int i = 0; i < chunks; i++) {
            heard.add(Heard.from(line));
        }
        return heard;
    }

    /** Takes a message of one chunk; whether it was this. */
    private static boolean taken(Line line, String content) throws IOException {
        line.answer("250 ok\r\n");
        line.answer("250 ok\r\n");
        Heard chunk = Heard.from(line);
        line.say("250 2.0.0 ok\r\n");
        return chunk.last() && chunk.octets().equals(content);
    }

    private static Answer over(SmtpSession session, String content) throws IOException {
        return session.send(mail(content), List.of(To.of("bob@example.org")), new ArrayList<>(), Opening.UNHURRIED).getFirst();
    }

    private static String refusal(Answer answer) {
        return assertInstanceOf(Answer.Refused.class, answer).reply().toString();
    }
}
