package org.postel.pop3.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.mailbox.api.MailboxClientSettings;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.AcquireMaildropRequest;
import org.postel.mailbox.api.v1.AuthenticateRequest;
import org.postel.mailbox.api.v1.ExpungeRequest;
import org.postel.mailbox.api.v1.MessagesRequest;
import org.postel.mailbox.api.v1.Refused;
import org.postel.mailbox.api.v1.ReleaseMaildropRequest;
import org.postel.mailbox.api.v1.RenewMaildropRequest;
import org.postel.pop3.command.Account;
import org.postel.pop3.command.BackendUnavailableException;
import org.postel.pop3.command.LockedMaildrop;
import org.postel.pop3.command.MaildropLostException;
import org.postel.wire.sasl.PasswordCredentials;
import org.postel.wire.sasl.SaslStep.Failure;
import org.postel.wire.sasl.SaslStep.Outcome;
import org.postel.wire.sasl.SaslStep.Reason;
import org.postel.wire.sasl.SaslStep.Success;

@Timeout(60)
class MailboxServiceTest {

    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);

    @TempDir
    Path folder;
    private FakeMailboxService service;
    private MailboxServiceClient client;
    private ReadAheadBudget budget = new ReadAheadBudget(ReadAhead.MOST_OCTETS);

    @BeforeEach
    void start() throws IOException {
        service = new FakeMailboxService();
        Path token = Files.writeString(folder.resolve("token"), "service");
        client = new MailboxServiceClient(MailboxClientSettings.of(List.of("127.0.0.1:" + service.port()), token));
    }

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    private Outcome<Account> verify() {
        return new MailboxServiceAccounts(client, budget, Duration.ZERO).forClient(CLIENT.getAddress()).verify(new PasswordCredentials("", "alice", "secret"));
    }

    private Account.Lock lock() throws BackendUnavailableException {
        return ((Success<Account>) verify()).identity().lock();
    }

    private LockedMaildrop maildrop() throws BackendUnavailableException {
        return assertInstanceOf(Account.Lock.Taken.class, lock()).maildrop();
    }

    @Test
    void aSessionIsAskedForUntilItHasEnded() throws Exception {
        LockedMaildrop held = ((Account.Lock.Taken) lock()).maildrop();
        assertTrue(held.stands() && held.stands());
        assertEquals(2, service.renewals.get());
        service.renewal = FakeMailboxService.Renewal.ENDED;
        assertFalse(held.stands());
    }

    @Test
    void whileNobodyCanSayASessionGoesOnAndOneCommandWaits() throws Exception {
        LockedMaildrop held = ((Account.Lock.Taken) lock()).maildrop();
        service.renewal = FakeMailboxService.Renewal.NOBODY_CAN_SAY;
        assertTrue(held.stands());
        int asked = service.renewals.get();
        assertTrue(held.stands() && held.stands());
        assertEquals(asked, service.renewals.get());
    }

    @Test
    void credentialsAreAskedForWithTheClientsAddress() throws Exception {
        assertInstanceOf(Success.class, verify());
        AuthenticateRequest asked = service.asked(AuthenticateRequest.class);
        assertEquals(AuthenticateRequest.Protocol.POP3, asked.getProtocol());
        assertEquals("127.0.0.1", asked.getClientAddress());
        assertEquals("alice", asked.getPassword().getAuthenticationId());
        assertEquals("secret", asked.getPassword().getPassword());
    }

    @ParameterizedTest
    @CsvSource({"CREDENTIALS, CREDENTIALS", "DISABLED, DISABLED", "RATE_LIMITED, RATE_LIMITED"})
    void aRefusalIsAValue(Refused.Reason refused, Reason reason) {
        service.refusing = refused;
        assertEquals(new Failure<>(reason), verify());
    }

    @Test
    void aServiceThatIsDownIsUnavailable() {
        service.close();
        assertEquals(new Failure<>(Reason.UNAVAILABLE), verify());
    }

    @Test
    void theMaildropIsWhatWasThere() throws Exception {
        try (LockedMaildrop locked = maildrop()) {
            assertEquals(3, locked.maildrop().count());
            assertEquals(600, locked.maildrop().octets());
            assertEquals("4294967294.3", locked.maildrop().uniqueId(1));
            assertEquals("4294967294.4294967295", locked.maildrop().uniqueId(3));
        }
        assertEquals(FakeMailboxService.TOKEN, service.asked(ReleaseMaildropRequest.class).getFencingToken());
    }

    @Test
    void aMaildropInUseIsAValue() throws Exception {
        service.inUse = true;
        assertInstanceOf(Account.Lock.InUse.class, lock());
    }

    @Test
    void theLeaseIsRenewedUnderTheSameHolderUntilItIsGivenBack() throws Exception {
        service.ttlMillis = 30;
        try (LockedMaildrop locked = maildrop()) {
            assertTrue(locked.maildrop().count() > 0);
            String holder = service.asked(AcquireMaildropRequest.class).getHolder();
            assertEquals(holder, service.asked(RenewMaildropRequest.class).getHolder());
            assertEquals(holder, service.asked(RenewMaildropRequest.class).getHolder());
        }
        service.asked(ReleaseMaildropRequest.class);
        assertTrue(service.asked.isEmpty(), "nothing after it is given back");
    }

    @Test
    void deletionNamesTheLease() throws Exception {
        try (LockedMaildrop locked = maildrop()) {
            locked.delete(List.of(3, -1));
            ExpungeRequest asked = service.asked(ExpungeRequest.class);
            assertEquals(FakeMailboxService.TOKEN, asked.getByLease());
            assertArrayEquals(new int[] {3, -1}, UidSet.parse(asked.getUids()).toArray());
            service.lost = true;
            assertThrows(MaildropLostException.class, () -> locked.delete(List.of(3)));
            service.close();
            assertThrows(BackendUnavailableException.class, () -> locked.delete(List.of(3)));
        }
    }

    @Test
    void contentComesNoFasterThanItIsRead() throws Exception {
        try (LockedMaildrop locked = maildrop(); var content = locked.content(1).orElseThrow()) {
            long octets = content.next().length;
            long sent = -1;
            while (sent != service.chunksSent.get()) {
                sent = service.chunksSent.get();
                Thread.sleep(200);
            }
            assertTrue(sent < FakeMailboxService.CHUNKS / 2, "sent " + sent + " chunks to one who read one");
            for (byte[] part = content.next(); part.length > 0; part = content.next()) {
                octets += part.length;
            }
            assertEquals((long) FakeMailboxService.CHUNKS * FakeMailboxService.CHUNK, octets);
        }
    }

    @Test
    void messagesTakenInOrderComeInOneCall() throws Exception {
        try (LockedMaildrop locked = maildrop()) {
            locked.retrieve(1).orElseThrow().close();
            assertEquals(200, octets(locked, 2));
            assertEquals(300, octets(locked, 3));
        }
        assertArrayEquals(new int[] {9, -1}, UidSet.parse(service.asked(MessagesRequest.class).getUids()).toArray());
        service.asked(ReleaseMaildropRequest.class);
        assertTrue(service.asked.isEmpty(), "each message was asked for again");
    }

    @Test
    void withoutMemoryLeftNothingIsReadAhead() throws Exception {
        budget = new ReadAheadBudget(0);
        try (LockedMaildrop locked = maildrop()) {
            locked.retrieve(1).orElseThrow().close();
            assertTrue(locked.retrieve(2).isEmpty());
        }
        assertTrue(service.asked.stream().noneMatch(MessagesRequest.class::isInstance));
    }

    @Test
    void whatWasReadAheadGivesItsMemoryBack() throws Exception {
        for (int session = 0; session < 3; session++) {
            try (LockedMaildrop locked = maildrop()) {
                locked.retrieve(1).orElseThrow().close();
                assertEquals(200, octets(locked, 2));
            }
        }
        assertTrue(budget.take(), "a portion is lost");
    }

    @Test
    void messagesTakenInAnyOtherOrderAreReadOneByOne() throws Exception {
        try (LockedMaildrop locked = maildrop()) {
            assertTrue(locked.retrieve(3).isEmpty());
            assertTrue(locked.retrieve(2).isEmpty());
        }
        assertTrue(service.asked.stream().noneMatch(MessagesRequest.class::isInstance));
    }

    @Test
    void aMessageThatCameTornIsReadByItself() throws Exception {
        service.torn = true;
        try (LockedMaildrop locked = maildrop()) {
            locked.retrieve(1).orElseThrow().close();
            assertTrue(locked.retrieve(2).isEmpty(), "the store says that it is gone");
            assertEquals(300, octets(locked, 3));
        }
    }

    private static int octets(LockedMaildrop locked, int number) throws Exception {
        int octets = 0;
        try (var content = locked.retrieve(number).orElseThrow()) {
            for (byte[] part = content.next(); part.length > 0; part = content.next()) {
                octets += part.length;
            }
        }
        return octets;
    }

    @Test
    void aMessageThatIsGoneIsAValue() throws Exception {
        try (LockedMaildrop locked = maildrop()) {
            assertTrue(locked.content(2).isEmpty());
        }
        assertFalse(service.asked.isEmpty());
    }
}
