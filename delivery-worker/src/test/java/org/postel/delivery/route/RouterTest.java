package org.postel.delivery.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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

class RouterTest {

    private final Fixture fixture = new Fixture();
    private final Map<String, Meaning> directory = new HashMap<>();
    private final Map<String, Meaning> remembered = new HashMap<>();
    private final Map<String, Mailboxes.Stored> outcomes = new HashMap<>();
    private final List<Mailboxes.Copy> delivered = new ArrayList<>();
    private final List<Boolean> junk = new ArrayList<>();
    private final Map<String, Filing> rules = new HashMap<>();
    private boolean rulesAway;
    private int storeFailures;
    private int signingFailures;
    private boolean fullBounces;

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

    /** SRS: what an alias sends to another domain goes in its name, what the sender sent there himself does not. */
    @Test
    void forwardedMailGoesOnInTheNameOfItsForwarder() throws Exception {
        alias("team@example.test", "x@example.org", "y@example.org", "all@example.test");
        alias("all@example.test", "z@example.net");
        route(Fixture.message("team@example.test", "direct@example.org"));
        Map<String, List<String>> senders = fixture.queue.relayed.stream().collect(Collectors.toMap(
                record -> record.getRelayDomain() + " " + record.getReversePath(),
                record -> record.getRecipientsList().stream().map(Recipient::getAddress).toList()));
        assertEquals(Map.of("example.org alice@example.test for team@example.test", List.of("x@example.org", "y@example.org"),
                "example.org alice@example.test", List.of("direct@example.org"),
                "example.net alice@example.test for team@example.test", List.of("z@example.net")), senders);
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
    void aliasReachesEveryMailboxOnce() throws Exception {
        account("bob@example.test");
        account("carol@example.test");
        alias("team@example.test", "bob@example.test", "all@example.test", "x@example.org");
        alias("all@example.test", "bob@example.test", "carol@example.test", "team@example.test");
        route(Fixture.message("team@example.test", "bob@example.test", "all@example.test"));
        assertEquals(2, delivered.size());
        assertEquals("team@example.test", fixture.queue.relayed.getFirst().getRecipients(0).getOriginal());
        assertTrue(fixture.queue.enqueued.isEmpty());
    }

    /** SAFETY row 25. */
    @Test
    void aliasCycleEndsInOneBounce() throws Exception {
        alias("a@example.test", "b@example.test");
        alias("b@example.test", "a@example.test");
        route(Fixture.message("a@example.test"));
        assertEquals(1, fixture.queue.enqueued.size());
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Status: 5.4.6"));
    }

    @Test
    void aliasChainThatIsTooLongEnds() throws Exception {
        for (int i = 0; i < 30; i++) {
            alias("a" + i + "@example.test", "a" + (i + 1) + "@example.test");
        }
        route(Fixture.message("a0@example.test"));
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Status: 5.4.6"));
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

    @Test
    void tooManyHopsAreALoop() throws Exception {
        account("bob@example.test");
        QueuedMessage message = Fixture.message("bob@example.test").toBuilder()
                .setInline(ByteString.copyFromUtf8("Received: x\r\n".repeat(51) + "\r\nhello\r\n")).build();
        route(message);
        assertTrue(delivered.isEmpty());
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Status: 5.4.6"));
    }

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

    /** RFC 3461 §5.2.7.3 (c). */
    @Test
    void aListAnswersForItsMembersWhoConfirmNothing() throws Exception {
        account("bob@example.test");
        alias("team@example.test", "bob@example.test", "carol@example.org", "team@example.test");
        route(Fixture.asking("SUCCESS,FAILURE", "team@example.test"));
        assertEquals(1, fixture.queue.enqueued.size());
        String notification = text(fixture.queue.enqueued.getFirst());
        assertTrue(notification.contains("Final-Recipient: rfc822; team@example.test\r\nAction: expanded\r\n"), notification);
        assertEquals("FAILURE", fixture.queue.relayed.getFirst().getRecipients(0).getNotify());
    }

    @Test
    void membersOfAListStaySilentWhenOnlySuccessWasAskedFor() throws Exception {
        alias("team@example.test", "dave@example.org", "carol@example.org");
        route(Fixture.asking("SUCCESS", "team@example.test"));
        assertEquals("NEVER", fixture.queue.relayed.getFirst().getRecipients(0).getNotify());
    }

    @Test
    void theOnlyTargetOfAnAliasTakesOverWhatTheSenderWants() throws Exception {
        alias("sales@example.test", "carol@example.org");
        route(Fixture.asking("SUCCESS", "sales@example.test"));
        assertEquals("SUCCESS", fixture.queue.relayed.getFirst().getRecipients(0).getNotify());
        assertTrue(fixture.queue.enqueued.isEmpty());
    }

    @Test
    void aRecipientOfHisOwnIsConfirmedAlsoWhenAListLeadsThereToo() throws Exception {
        account("bob@example.test");
        alias("team@example.test", "bob@example.test", "carol@example.org");
        QueuedMessage both = Fixture.message("team@example.test", "bob@example.test");
        route(both.toBuilder().setRecipients(1, both.getRecipients(1).toBuilder().setNotify("SUCCESS")).build());
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Action: delivered"));
    }

    @Test
    void anAccountForwardsAndKeepsWhatItIsToldTo() throws Exception {
        account("carol@example.test");
        forward("bob@example.test", true, "carol@example.test", "x@example.org");
        forward("dave@example.test", false, "y@example.org");
        route(Fixture.message("bob@example.test", "dave@example.test", "z@example.org"));
        assertEquals(List.of("bob@example.test", "carol@example.test"), deliveredTo());
        assertEquals(Map.of(
                "x@example.org", "alice@example.test for bob@example.test, Delivered-To: bob@example.test",
                "y@example.org", "alice@example.test for dave@example.test, Delivered-To: dave@example.test",
                "z@example.org", "alice@example.test, "), fixture.queue.relayed.stream().collect(Collectors.toMap(
                        record -> record.getRecipients(0).getAddress(),
                        record -> record.getReversePath() + ", " + record.getOutgoingFields().replace("Signed: 3\r\n", "").strip())));
        assertTrue(fixture.queue.enqueued.isEmpty());
    }

    /** A full mailbox is tried again for days: what went on must not go on each time. */
    @Test
    void aCopyThatIsTriedAgainForwardsNothingAgain() throws Exception {
        forward("bob@example.test", true, "x@example.org");
        outcomes.put("bob@example.test", Mailboxes.Stored.OVER_QUOTA);
        route(Fixture.message("bob@example.test"));
        assertEquals(1, fixture.queue.relayed.size());
        outcomes.clear();
        route(fixture.queue.retries.getFirst().message());
        assertEquals(List.of("bob@example.test", "bob@example.test"), deliveredTo());
        assertEquals(1, fixture.queue.relayed.size());
    }

    /** SAFETY row 25: within, and over another domain's server that sends it back. */
    @Test
    void forwardsInACircleEndInOneBounce() throws Exception {
        forward("bob@example.test", false, "carol@example.test");
        forward("carol@example.test", false, "bob@example.test");
        route(Fixture.message("bob@example.test"));
        assertEquals(1, fixture.queue.enqueued.size());
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Status: 5.4.6"));
        assertTrue(fixture.queue.relayed.isEmpty() && delivered.isEmpty());
    }

    @Test
    void whatCameBackFromAForwardIsALoop() throws Exception {
        for (boolean keeps : new boolean[] {true, false}) {
            forward("bob@example.test", keeps, "x@example.org");
            route(Fixture.message("bob@example.test").toBuilder()
                    .setInline(ByteString.copyFromUtf8("Delivered-To: bob@example.test\r\n\r\nhello\r\n")).build());
            assertTrue(text(fixture.queue.enqueued.getLast()).contains("Status: 5.4.6"));
        }
        assertEquals(2, fixture.queue.enqueued.size());
        assertTrue(fixture.queue.relayed.isEmpty() && delivered.isEmpty());
    }

    /** SAFETY row 25: others have theirs, which must not hide it. */
    @Test
    void mailThatGoesRoundBehindAGroupBounces() throws Exception {
        alias("team@example.test", "ann@example.test", "bob@example.test");
        forward("ann@example.test", false, "eve@example.test");
        forward("eve@example.test", false, "ann@example.test");
        account("bob@example.test");
        route(Fixture.message("team@example.test"));
        assertEquals(List.of("bob@example.test"), deliveredTo());
        assertEquals(1, fixture.queue.enqueued.size());
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Status: 5.4.6"));
    }

    @Test
    void whatGoesRoundAndOutIsNoLoop() throws Exception {
        alias("team@example.test", "ann@example.test");
        forward("ann@example.test", false, "eve@example.test", "x@example.org");
        forward("eve@example.test", false, "ann@example.test");
        route(Fixture.message("team@example.test"));
        assertEquals(1, fixture.queue.relayed.size());
        assertTrue(fixture.queue.enqueued.isEmpty());
    }

    @Test
    void whoKeepsACopyHasItThoughTheWayGoesInACircle() throws Exception {
        forward("bob@example.test", true, "carol@example.test");
        forward("carol@example.test", false, "bob@example.test");
        route(Fixture.message("bob@example.test"));
        assertEquals(List.of("bob@example.test"), deliveredTo());
        assertTrue(fixture.queue.enqueued.isEmpty());
    }

    /** Where all targets fail there is nobody to be told. */
    @Test
    void mailWithoutASenderIsKept() throws Exception {
        forward("bob@example.test", false, "gone@example.test", "x@example.org");
        directory.put("gone@example.test", new Meaning.Unknown());
        route(Fixture.message("bob@example.test").toBuilder().setReversePath("").build());
        assertEquals(List.of("bob@example.test"), deliveredTo());
        assertEquals("x@example.org", fixture.queue.relayed.getFirst().getRecipients(0).getAddress());
    }

    @Test
    void theSenderHearsThatAForwardDoesNotArriveUnderTheNameHeKnows() throws Exception {
        forward("bob@example.test", false, "gone@example.test");
        directory.put("gone@example.test", new Meaning.Unknown());
        route(Fixture.message("bob@example.test"));
        String notification = text(fixture.queue.enqueued.getFirst());
        assertTrue(notification.contains("rfc822; bob@example.test") && !notification.contains("gone@"), notification);
    }

    @Test
    void junkIsNotForwarded() throws Exception {
        forward("bob@example.test", false, "x@example.org");
        route(Fixture.message("bob@example.test").toBuilder().setJunk(true).build());
        assertEquals(List.of("bob@example.test"), deliveredTo());
        assertTrue(fixture.queue.relayed.isEmpty());
    }

    /** RFC 3461 §5.2.7.3: one notice, of that it went on to several. */
    @Test
    void whoForwardsAndKeepsConfirmsOnce() throws Exception {
        forward("bob@example.test", true, "x@example.org");
        route(Fixture.asking("SUCCESS", "bob@example.test"));
        assertEquals(1, fixture.queue.enqueued.size());
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Action: expanded"));
    }

    @Test
    void rulesFileAndFlagAndSayWhere() throws Exception {
        account("bob@example.test");
        account("carol@example.test");
        rules("bob@example.test", Filing.Copy.KEPT, "Lists");
        route(Fixture.message("bob@example.test", "carol@example.test"));
        assertEquals(List.of("Lists", ""), delivered.stream().map(copy -> copy.filing().mailbox()).toList());
        assertEquals(List.of("\\Flagged"), delivered.getFirst().filing().flags());
        assertEquals("mailbox of bob@example.test, folder Lists, rules: r", fixture.queue.traces.getFirst().getDetail());
    }

    @Test
    void whatCannotBeFiledIsInInboxAndSaysSo() throws Exception {
        account("bob@example.test");
        rules("bob@example.test", Filing.Copy.KEPT, "Gone");
        outcomes.put("bob@example.test", Mailboxes.Stored.IN_INBOX);
        route(Fixture.message("bob@example.test"));
        assertEquals("mailbox of bob@example.test, folder Gone, rules: r; it could not be put there and is in INBOX",
                fixture.queue.traces.getFirst().getDetail());
        assertTrue(fixture.queue.retries.isEmpty());
    }

    @Test
    void rulesDiscardWithoutAWordToTheSender() throws Exception {
        account("bob@example.test");
        rules("bob@example.test", Filing.Copy.DISCARDED, "");
        route(Fixture.asking("SUCCESS,FAILURE", "bob@example.test"));
        assertTrue(delivered.isEmpty());
        assertEquals(List.of("discarded"), fixture.queue.steps());
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Action: delivered"), "it can be found out whose rules discard");
    }

    @Test
    void rulesSendOnAsAnAccountThatForwards() throws Exception {
        account("bob@example.test");
        account("carol@example.test");
        rules("bob@example.test", Filing.Copy.KEPT, "Lists", "carol@example.test", "x@example.org");
        rules("carol@example.test", Filing.Copy.SENT_ON, "", "y@example.org", "bob@example.test");
        route(Fixture.message("bob@example.test"));
        assertEquals(List.of("bob@example.test"), deliveredTo());
        assertEquals(List.of("x@example.org", "y@example.org"),
                fixture.queue.relayed.stream().flatMap(record -> record.getRecipientsList().stream()).map(Recipient::getAddress).sorted().toList());
        assertTrue(fixture.queue.relayed.stream().allMatch(record -> record.getOutgoingFields().startsWith("Delivered-To: ")));
        assertTrue(fixture.queue.relayed.stream().allMatch(record -> record.getReversePath().endsWith("for bob@example.test")));
    }

    /** SAFETY row 25. */
    @Test
    void rulesThatSendToEachOtherEnd() throws Exception {
        account("bob@example.test");
        account("carol@example.test");
        rules("bob@example.test", Filing.Copy.SENT_ON, "", "carol@example.test");
        rules("carol@example.test", Filing.Copy.SENT_ON, "", "bob@example.test");
        route(Fixture.message("bob@example.test"));
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Status: 5.4.6"));
    }

    /** SAFETY row 24: nobody could be told that it did not arrive. */
    @Test
    void ofMailWithoutSenderThatRulesSendOnACopyStays() throws Exception {
        account("bob@example.test");
        rules("bob@example.test", Filing.Copy.SENT_ON, "", "x@example.org");
        route(Fixture.message("bob@example.test").toBuilder().setReversePath("").build());
        assertEquals(List.of("bob@example.test"), deliveredTo());
        assertEquals(1, fixture.queue.relayed.size());
    }

    @Test
    void whatWentOnDoesNotGoOnAgainWhenTheCopyIsTriedAgain() throws Exception {
        account("bob@example.test");
        rules("bob@example.test", Filing.Copy.KEPT, "Lists", "x@example.org");
        outcomes.put("bob@example.test", Mailboxes.Stored.OVER_QUOTA);
        route(Fixture.message("bob@example.test"));
        outcomes.clear();
        route(fixture.queue.retries.getFirst().message());
        assertEquals(1, fixture.queue.relayed.size());
        assertEquals("Lists", delivered.getLast().filing().mailbox());
    }

    @Test
    void junkAndWhatWentRoundIsNoMatterOfRules() throws Exception {
        account("bob@example.test");
        rules("bob@example.test", Filing.Copy.DISCARDED, "");
        route(Fixture.message("bob@example.test").toBuilder().setJunk(true).build());
        assertEquals(List.of(Filing.PLAIN), delivered.stream().map(Mailboxes.Copy::filing).toList());
        route(Fixture.message("bob@example.test").toBuilder().setInline(ByteString.copyFromUtf8("Delivered-To: bob@example.test\r\n\r\n")).build());
        assertTrue(text(fixture.queue.enqueued.getFirst()).contains("Status: 5.4.6"));
    }

    @Test
    void whileNobodyCanSayWhatRulesSayTheMailWaits() throws Exception {
        account("bob@example.test");
        rules("bob@example.test", Filing.Copy.KEPT, "Lists");
        rulesAway = true;
        route(Fixture.message("bob@example.test"));
        assertEquals(List.of("deferred"), fixture.queue.steps());
    }

    /** Where all mail goes on without a copy there is nothing to file. */
    @Test
    void anAccountThatKeepsNoCopyHasNoUseOfRules() throws Exception {
        forward("bob@example.test", false, "x@example.org");
        rules("bob@example.test", Filing.Copy.DISCARDED, "");
        route(Fixture.message("bob@example.test"));
        assertEquals(List.of("routed"), fixture.queue.steps());
    }

    private void route(QueuedMessage message) throws InterruptedException {
        new Router(new RememberingDirectory(), this::file, this::deliver, fixture.contents, this::outgoing, fixture.queue, fixture.aftermath, fixture.traces,
                new RouteLimits(50, 10, 100, 64 * 1024, fullBounces, Duration.ofSeconds(2)), () -> false).route(message);
    }

    private String outgoing(QueuedMessage message) throws IOException {
        if (signingFailures-- > 0) {
            throw new IOException("nobody signs");
        }
        return "Signed: " + message.getRecipientsCount() + "\r\n";
    }

    /** Answers from {@link #remembered} until it is told to forget. */
    private final class RememberingDirectory implements Directory {

        @Override
        public List<String> sendersOfForwards(String reversePath, List<String> forwarders) {
            return forwarders.stream().map(forwarder -> reversePath + " for " + forwarder).toList();
        }

        @Override
        public List<Meaning> resolve(List<String> addresses) {
            return addresses.stream().map(address -> address.toLowerCase(Locale.ROOT))
                    .map(address -> remembered.getOrDefault(address, directory.getOrDefault(address, new Meaning.Elsewhere()))).toList();
        }

        @Override
        public void forget(List<String> addresses) {
            remembered.keySet().removeAll(addresses);
        }
    }

    private List<Mailboxes.Stored> deliver(QueuedMessage message, List<Mailboxes.Copy> copies)
            throws StoreUnavailableException {
        if (storeFailures-- > 0) {
            throw new StoreUnavailableException("down", null);
        }
        delivered.addAll(copies);
        copies.forEach(copy -> junk.add(message.getJunk()));
        return copies.stream().map(copy -> outcomes.getOrDefault(copy.account().toStringUtf8(), Mailboxes.Stored.DELIVERED)).toList();
    }

    private void account(String address) {
        directory.put(address, new Meaning.Account(ByteString.copyFromUtf8(address), address, List.of(), true, Optional.empty(), false, Filing.PLAIN));
    }

    private void forward(String address, boolean keeps, String... targets) {
        directory.put(address, new Meaning.Account(ByteString.copyFromUtf8(address), address, List.of(targets), keeps, Optional.empty(), false, Filing.PLAIN));
    }

    private void rules(String address, Filing.Copy copy, String folder, String... targets) {
        directory.computeIfPresent(address, (name, known) -> {
            Meaning.Account account = (Meaning.Account) known;
            return new Meaning.Account(account.id(), address, account.forwards(), account.keeps(), account.absence(), true, Filing.PLAIN);
        });
        rules.put(address, new Filing(copy, folder, ByteString.EMPTY, List.of("\\Flagged"), List.of(targets), "rules: r"));
    }

    private List<Filing> file(QueuedMessage message, byte[] header, List<ByteString> accounts) throws StoreUnavailableException {
        if (rulesAway) {
            throw new StoreUnavailableException("down", null);
        }
        return accounts.stream().map(account -> rules.get(account.toStringUtf8())).toList();
    }

    private List<String> deliveredTo() {
        return delivered.stream().map(copy -> copy.account().toStringUtf8()).toList();
    }

    private void alias(String address, String... targets) {
        directory.put(address, new Meaning.Alias(List.of(targets)));
    }

    private static String text(QueuedMessage message) {
        return message.getInline().toStringUtf8();
    }
}
