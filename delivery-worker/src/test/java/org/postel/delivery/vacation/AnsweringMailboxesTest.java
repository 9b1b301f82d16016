package org.postel.delivery.vacation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.delivery.Fixture;
import org.postel.delivery.route.Absence;
import org.postel.delivery.route.Filing;
import org.postel.delivery.route.Mailboxes.Copy;
import org.postel.delivery.route.Mailboxes.Stored;
import org.postel.queue.v1.QueuedMessage;

class AnsweringMailboxesTest {

    private static final Absence AWAY = new Absence("1", "Away: caf\u00e9", "I am away.\nUntil Monday.", Duration.ofDays(7),
            List.of("bob@example.test", "sales@example.test"));
    private static final String TO_BOB = "To: Bob <BOB@example.test>\r\nMessage-ID: <1@example.org>\r\nReferences: <0@example.org>\r\n";

    private final Fixture fixture = new Fixture();
    private Stored stored = Stored.DELIVERED;
    private boolean first = true;

    @Test
    void whoWritesToSomebodyAwayHearsOfIt() throws Exception {
        deliver(mail("carol@example.org", TO_BOB));
        QueuedMessage answer = fixture.queue.enqueued.getFirst();
        assertEquals("", answer.getReversePath());
        assertEquals("carol@example.org", answer.getRecipients(0).getAddress());
        String text = answer.getInline().toStringUtf8();
        assertEquals("Date: Sun, 1 Mar 2026 12:00:00 +0000\r\nFrom: <bob@example.test>\r\nTo: <carol@example.org>\r\nSubject: =?ISO-8859-1?Q?Away:_caf=E9?=\r\n",
                text.substring(0, text.indexOf("Message-ID:")));
        assertTrue(text.contains("\r\nIn-Reply-To: <1@example.org>\r\nReferences: <0@example.org> <1@example.org>\r\nAuto-Submitted: auto-replied (vacation)\r\n"), text);
        assertTrue(text.endsWith("\r\nContent-Transfer-Encoding: 7bit\r\n\r\nI am away.\r\nUntil Monday.\r\n"), text);
    }

    /** A crash between the answer and the acknowledgement: the store knows it again by its queue id. */
    @Test
    void theSameMailHasTheSameAnswer() throws Exception {
        QueuedMessage message = mail("carol@example.org", TO_BOB);
        deliver(message);
        deliver(message);
        deliver(mail("carol@example.org", TO_BOB));
        assertEquals(fixture.queue.enqueued.get(0).getQueueId(), fixture.queue.enqueued.get(1).getQueueId());
        assertTrue(!fixture.queue.enqueued.get(0).getQueueId().equals(fixture.queue.enqueued.get(2).getQueueId()));
    }

    @Test
    void whoHadAnAnswerGetsNoOtherAndWhatIsNotThereIsNotAnswered() throws Exception {
        first = false;
        deliver(mail("carol@example.org", TO_BOB));
        first = true;
        stored = Stored.OVER_QUOTA;
        deliver(mail("carol@example.org", TO_BOB));
        assertTrue(fixture.queue.enqueued.isEmpty());
    }

    /** SAFETY row 24, RFC 3834 §2. */
    @ParameterizedTest
    @ValueSource(strings = {"Auto-Submitted: auto-replied", "auto-submitted: auto-generated; x=y", "List-Id: <l.example.org>", "List-Unsubscribe: <mailto:x@example.org>",
        "Precedence: bulk", "precedence: LIST", "Precedence: junk", "X-Auto-Response-Suppress: DR, OOF", "X-Spam-Flag: YES"})
    void machinesAreNotAnswered(String field) throws Exception {
        deliver(mail("carol@example.org", TO_BOB + field + "\r\n"));
        assertTrue(fixture.queue.enqueued.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mailer-daemon@example.org", "noreply@example.org", "no-reply+1@example.org", "do-not-reply@example.org", "news-noreply@example.org",
        "owner-list@example.org", "list-owner@example.org", "list-request@example.org", "list-bounces@example.org", "bounce+123@example.org", "MAJORDOMO@example.org",
        "bob@example.test", "Sales@example.test", "bob+x@example.test"})
    void sendersBehindWhomNobodyReadsAreNot(String sender) throws Exception {
        deliver(mail(sender, TO_BOB));
        assertTrue(fixture.queue.enqueued.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"To: x@example.test", "To: xbob@example.test", "Subject: bob@example.test", "X-To: bob@example.test", "To: \"bob@example.test.example\" <x@example.org>"})
    void mailThatNamesNoAddressOfTheAccountIsNot(String field) throws Exception {
        deliver(mail("carol@example.org", field + "\r\n"));
        assertTrue(fixture.queue.enqueued.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"To: a@example.org, bob@example.test", "Cc: Bob\r\n <sales@example.test>", "Resent-To: bob+shop@example.test", "To: bob@example.test\r\nAuto-Submitted: no",
        "Bcc: bob@example.test", "To: Team: bob@example.test;"})
    void peopleAre(String fields) throws Exception {
        deliver(mail("bounty@example.org", fields + "\r\n"));
        assertEquals(1, fixture.queue.enqueued.size());
    }

    @Test
    void junkIsNotAnswered() throws Exception {
        deliver(mail("carol@example.org", TO_BOB).toBuilder().setJunk(true).build());
        assertTrue(fixture.queue.enqueued.isEmpty());
    }

    /** SAFETY row 11: nothing of a stranger's begins a line of ours. */
    @Test
    void aHostileHeaderStaysAValue() throws Exception {
        deliver(mail("carol@example.org", "To: bob@example.test\r\nMessage-ID: <1@x>\rBcc: evil@example.org\u0000\r\nReferences: " + "<a@b> ".repeat(500) + "\r\n"));
        String text = fixture.queue.enqueued.getFirst().getInline().toStringUtf8();
        String header = text.substring(0, text.indexOf("\r\n\r\n"));
        assertTrue(header.lines().noneMatch(line -> line.toLowerCase().startsWith("bcc")) && header.replace("\r\n", "").indexOf('\r') < 0, header);
    }

    private static QueuedMessage mail(String sender, String header) {
        return Fixture.message("bob@example.test").toBuilder().setReversePath(sender).setInline(ByteString.copyFromUtf8(header + "\r\nhello\r\n")).build();
    }

    private void deliver(QueuedMessage message) throws Exception {
        new AnsweringMailboxes((mail, copies) -> copies.stream().map(copy -> stored).toList(), (account, absence, mail) -> first, fixture.contents, fixture.queue,
                "mx.example.test", Clock.fixed(Fixture.NOW, ZoneOffset.UTC))
                .deliver(message, List.of(new Copy(ByteString.copyFromUtf8("bob"), "", Optional.of(AWAY), Filing.PLAIN)));
    }
}
