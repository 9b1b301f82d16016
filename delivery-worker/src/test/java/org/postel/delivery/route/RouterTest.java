package org.postel.delivery.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.delivery.Fixture;
import org.postel.delivery.outcome.QueueInMemory;
import org.postel.delivery.route.Directory.Meaning;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;

/** Who gets a mail, what is tried again, and who hears of it. */
class RouterTest extends Routing {

    @Test
    void localMailIsDeliveredWithItsTraceLines() throws Exception {
        account("bob@example.test");
        route(Fixture.message("bob@example.test"));
        assertEquals("Return-Path: <alice@example.test>\r\nDelivered-To: bob@example.test\r\n", delivered.getFirst().prefix());
        assertEquals(List.of("delivered"), fixture.queue.steps());
        assertEquals(1, fixture.metrics.counter("mail.delivery.attempts", "target", "local", "result", "delivered").count());
    }

    @Test
    void eachRemoteDomainBecomesOneRecord() throws Exception {
        route(Fixture.message("a@example.org", "b@EXAMPLE.org", "c@example.net", "d@[192.0.2.1]"));
        Map<String, Integer> domains = fixture.queue.relayed.stream()
                .collect(Collectors.toMap(QueuedMessage::getRelayDomain, QueuedMessage::getRecipientsCount));
        assertEquals(Map.of("example.org", 2, "example.net", 1, "[192.0.2.1]", 1), domains);
        assertTrue(delivered.isEmpty());
    }

    /** RFC 8689 §3: what the header says is for mail whose sender did not say the contrary with REQUIRETLS (§4.2.2). */
    @ParameterizedTest
    @CsvSource({"TLS-Required: No, AS_USUAL, NOT_REQUIRED", "tls-required:  no , AS_USUAL, NOT_REQUIRED", "TLS-Required: Yes, AS_USUAL, AS_USUAL",
        "TLS-Required: No, REQUIRED, REQUIRED", "X: No, REQUIRED, REQUIRED"})
    void whatTheSenderSaysOfTlsGoesOn(String field, QueuedMessage.Tls given, QueuedMessage.Tls relayed) throws Exception {
        route(Fixture.message("a@example.org").toBuilder().setTls(given).setInline(ByteString.copyFromUtf8(field + "\r\n" + Fixture.MAIL)).build());
        assertEquals(relayed, fixture.queue.relayed.getFirst().getTls());
    }

    @Test
    void whatLeavesIsSignedOnceForAllDomains() throws Exception {
        account("bob@example.test");
        signingFailures = 1;
        route(Fixture.message("a@example.org", "b@example.net", "bob@example.test"));
        assertEquals(List.of("Signed: 3\r\n", "Signed: 3\r\n"), fixture.queue.relayed.stream().map(QueuedMessage::getOutgoingFields).toList());
    }

    @Test
    void whatCannotBeSignedNowWaits() throws Exception {
        signingFailures = Integer.MAX_VALUE;
        route(Fixture.message("a@example.org"));
        assertTrue(fixture.queue.relayed.isEmpty());
        assertEquals(List.of("deferred"), fixture.queue.steps());
    }

    @Test
    void whatCannotBeSignedNowKeepsNobodyWaitingWhoHasHisMail() throws Exception {
        account("bob@example.test");
        signingFailures = Integer.MAX_VALUE;
        route(Fixture.message("a@example.org", "bob@example.test"));
        assertEquals(List.of("delivered", "deferred"), fixture.queue.steps());
        assertEquals(List.of("a@example.org"), fixture.queue.retries.getFirst().message().getRecipientsList().stream().map(Recipient::getAddress).toList());
    }

    @Test
    void whatStaysIsNotSigned() throws Exception {
        account("bob@example.test");
        signingFailures = Integer.MAX_VALUE;
        route(Fixture.message("bob@example.test"));
        assertEquals(List.of("delivered"), fixture.queue.steps());
    }

    @Test
    void unknownUserBouncesToTheSenderWithTheNameTheSenderKnows() throws Exception {
        alias("sales@example.test", "gone@example.test");
        directory.put("gone@example.test", new Meaning.Unknown());
        route(Fixture.message("sales@example.test"));
        QueuedMessage notification = fixture.queue.enqueued.getFirst();
        assertEquals("", notification.getReversePath());
        assertEquals("alice@example.test", notification.getRecipients(0).getAddress());
        assertTrue(text(notification).contains("rfc822; sales@example.test"));
        assertTrue(!text(notification).contains("gone@example.test"));
    }

    /** SAFETY row 24: nobody is told about a notification. */
    @Test
    void doubleBounceIsADeadLetter() throws Exception {
        directory.put("bob@example.test", new Meaning.Unknown());
        route(Fixture.message("bob@example.test").toBuilder().setReversePath("").build());
        assertTrue(fixture.queue.enqueued.isEmpty());
        assertEquals("bob@example.test", fixture.queue.dead.getFirst().getMessage().getRecipients(0).getAddress());
    }

    // SAFETY row 25
    @Test
    void tooManyHopsAreALoop() throws Exception {
        account("bob@example.test");
        QueuedMessage message = Fixture.message("bob@example.test").toBuilder()
                .setInline(ByteString.copyFromUtf8("Received: x\r\n".repeat(51) + "\r\nhello\r\n")).build();
        route(message);
        assertTrue(delivered.isEmpty());
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Status: 5.4.6"));
    }

    // SAFETY row 25
    @Test
    void mailThatWasDeliveredHereBeforeIsALoop() throws Exception {
        account("bob@example.test");
        account("carol@example.test");
        QueuedMessage message = Fixture.message("bob@example.test", "carol@example.test").toBuilder()
                .setInline(ByteString.copyFromUtf8("Delivered-To: Bob@example.test\r\n\r\nhello\r\n")).build();
        route(message);
        assertEquals(1, delivered.size());
        assertEquals(1, fixture.queue.enqueued.size());
    }

    @Test
    void mailForAFullMailboxIsTriedAgainAndTheOthersAreDelivered() throws Exception {
        account("bob@example.test");
        account("carol@example.test");
        outcomes.put("bob@example.test", Mailboxes.Stored.OVER_QUOTA);
        route(Fixture.message("bob@example.test", "carol@example.test"));
        var retry = fixture.queue.retries.getFirst();
        assertEquals(List.of("bob@example.test"), retry.message().getRecipientsList().stream().map(recipient -> recipient.getAddress()).toList());
        assertEquals("4.2.2", retry.message().getRecipients(0).getLastFailure().getStatus());
        assertEquals(1, fixture.queue.traces.stream().filter(trace -> trace.getStep().equals("delivered")).count());
    }

    @Test
    void mailForAFullMailboxBouncesAtOnceWhereThatIsWanted() throws Exception {
        account("bob@example.test");
        account("carol@example.test");
        outcomes.put("bob@example.test", Mailboxes.Stored.OVER_QUOTA);
        fullBounces = true;
        route(Fixture.message("bob@example.test", "carol@example.test"));
        assertTrue(fixture.queue.retries.isEmpty());
        assertEquals(1, fixture.queue.enqueued.size(), "its sender is told");
        var bounced = fixture.queue.traces.stream().filter(trace -> trace.getStep().equals("bounced")).findFirst().orElseThrow();
        assertTrue(bounced.getRecipient().equals("bob@example.test") && bounced.getDetail().contains("5.2.2"), bounced.toString());
        assertEquals(1, fixture.queue.traces.stream().filter(trace -> trace.getStep().equals("delivered")).count());
    }

    @Test
    void anAccountThatWasMadeAnewGetsItsMail() throws Exception {
        account("bob@example.test");
        remembered.put("bob@example.test", new Meaning.Account(ByteString.copyFromUtf8("removed"), "bob@example.test", List.of(), true, Optional.empty(), false, Filing.PLAIN));
        outcomes.put("removed", Mailboxes.Stored.NO_SUCH_ACCOUNT);
        route(Fixture.message("bob@example.test"));
        assertEquals(ByteString.copyFromUtf8("bob@example.test"), delivered.getLast().account());
        assertTrue(fixture.queue.enqueued.isEmpty(), "it bounced");
    }

    @Test
    void anAccountThatTheDirectoryStillRemembersDoesNotBounce() throws Exception {
        account("bob@example.test");
        outcomes.put("bob@example.test", Mailboxes.Stored.NO_SUCH_ACCOUNT);
        route(Fixture.message("bob@example.test"));
        assertTrue(fixture.queue.enqueued.isEmpty(), "it bounced");
        assertEquals(1, fixture.queue.retries.size());
    }

    @Test
    void onlyWhoFailedForNowIsRetried() throws Exception {
        account("bob@example.test");
        account("carol@example.test");
        outcomes.put("bob@example.test", Mailboxes.Stored.TEMPORARY_FAILURE);
        route(Fixture.message("bob@example.test", "carol@example.test"));
        var retry = fixture.queue.retries.getFirst();
        assertEquals(Duration.ofMinutes(5), retry.delay());
        assertEquals(1, retry.message().getAttempts());
        assertEquals(List.of("bob@example.test"),
                retry.message().getRecipientsList().stream().map(recipient -> recipient.getAddress()).toList());
    }

    @Test
    void aMailboxThatCannotBeReachedHoldsUpNoRemoteRecipient() throws Exception {
        account("bob@example.test");
        outcomes.put("bob@example.test", Mailboxes.Stored.TEMPORARY_FAILURE);
        route(Fixture.message("bob@example.test", "a@example.org"));
        assertEquals("a@example.org", fixture.queue.relayed.getFirst().getRecipients(0).getAddress());
        assertEquals("bob@example.test", fixture.queue.retries.getFirst().message().getRecipients(0).getAddress());
    }

    @Test
    void manyFailedRecipientsAreSpreadOverSeveralRecords() throws Exception {
        String[] recipients = new String[250];
        for (int i = 0; i < recipients.length; i++) {
            recipients[i] = "user" + i + "@example.test";
            directory.put(recipients[i], new Meaning.Unknown());
        }
        route(Fixture.message(recipients));
        assertEquals(3, fixture.queue.enqueued.size());
    }

    @Test
    void storeThatComesBackCostsNoRetryTier() throws Exception {
        account("bob@example.test");
        storeFailures = 2;
        route(Fixture.message("bob@example.test"));
        assertEquals(1, delivered.size());
        assertTrue(fixture.queue.retries.isEmpty());
    }

    @Test
    void storeThatStaysAwayCostsARetryTier() throws Exception {
        account("bob@example.test");
        storeFailures = Integer.MAX_VALUE;
        route(Fixture.message("bob@example.test"));
        assertEquals("4.3.0", fixture.queue.retries.getFirst().message().getRecipients(0).getLastFailure().getStatus());
    }

    // What a DMARC policy wants quarantined, a blocklist or a scanner: over aliases, and after a time in a retry tier.
    @Test
    void junkStaysJunkOnEveryWayToAMailbox() throws Exception {
        account("bob@example.test");
        account("carol@example.test");
        alias("team@example.test", "bob@example.test", "carol@example.test");
        storeFailures = Integer.MAX_VALUE;
        route(Fixture.message("team@example.test", "bob@example.test").toBuilder().setJunk(true).build());
        storeFailures = 0;
        for (QueueInMemory.Retry retry : List.copyOf(fixture.queue.retries)) {
            route(retry.message());
        }
        assertEquals(2, delivered.size());
        assertEquals(List.of(true, true), junk);
    }

    /** SAFETY row 24: whoever is named as the sender of junk has hardly sent it. */
    @Test
    void ofJunkNobodyIsTold() throws Exception {
        directory.put("bob@example.test", new Meaning.Unknown());
        account("carol@example.test");
        QueuedMessage message = Fixture.message("bob@example.test", "carol@example.test");
        route(message.toBuilder().setJunk(true).setRecipients(1, message.getRecipients(1).toBuilder().setNotify("SUCCESS")).build());
        assertTrue(fixture.queue.enqueued.isEmpty());
        assertEquals("bob@example.test", fixture.queue.dead.getFirst().getMessage().getRecipients(0).getAddress());
    }

    @Test
    void sameFailureGivesTheSameNotificationId() throws Exception {
        directory.put("bob@example.test", new Meaning.Unknown());
        QueuedMessage message = Fixture.message("bob@example.test");
        route(message);
        route(message);
        assertEquals(fixture.queue.enqueued.get(0).getQueueId(), fixture.queue.enqueued.get(1).getQueueId());
    }

    /** RFC 3461 §5.2.3. */
    @Test
    void deliveryIsConfirmedToASenderWhoAskedForIt() throws Exception {
        account("bob@example.test");
        alias("sales@example.test", "bob@example.test");
        QueuedMessage message = Fixture.asking("SUCCESS", "sales@example.test");
        route(message);
        String notification = text(fixture.queue.enqueued.getFirst());
        assertTrue(notification.contains("Final-Recipient: rfc822; sales@example.test\r\nAction: delivered\r\nStatus: 2.0.0\r\n"), notification);
        assertTrue(!notification.contains("bob@"), "what is behind an alias is private");
        route(message);
        assertEquals(fixture.queue.enqueued.get(0).getQueueId(), fixture.queue.enqueued.get(1).getQueueId());
    }

    @Test
    void whoAskedNotToBeToldOfFailuresIsNot() throws Exception {
        directory.put("bob@example.test", new Meaning.Unknown());
        route(Fixture.asking("NEVER", "bob@example.test"));
        route(Fixture.asking("SUCCESS,DELAY", "bob@example.test"));
        assertTrue(fixture.queue.enqueued.isEmpty());
        assertEquals(List.of("bounced", "bounced"), fixture.queue.steps());
    }
}
