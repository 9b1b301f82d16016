package org.postel.mailbox.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.mailbox.api.ClientCountsClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.postel.mailbox.api.v1.ClientCount;
import org.postel.mailbox.api.v1.ExchangeRequest;
import org.postel.mailbox.identity.Caller;

/** SAFETY row 19: gateways of a kind hear of each other's clients. */
class ClientCountsServiceTest {

    private static final ClientCount BUSY = ClientCount.newBuilder()
            .setNetwork(ByteString.copyFrom(InetAddress.ofLiteral("2001:db8::").getAddress())).setOpen(7).setConnections(90).build();

    @TempDir
    Path folder;

    private RpcFixture service;

    @BeforeEach
    void start() throws IOException {
        service = new RpcFixture(folder, Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void eachKindHearsOfItsOwn() throws IOException {
        ClientCountsClient imap = service.client(Caller.IMAP_GATEWAY).clientCounts();
        ClientCountsClient pop3 = service.client(Caller.POP3_GATEWAY).clientCounts();
        assertEquals(List.of(), imap.exchange(told("one", BUSY)).getClientsList());
        assertEquals(List.of(BUSY), imap.exchange(told("two")).getClientsList());
        assertEquals(List.of(), pop3.exchange(told("two")).getClientsList());
    }

    @Test
    void whoTellsNonsenseIsToldSo() throws IOException {
        ClientCountsClient imap = service.client(Caller.IMAP_GATEWAY).clientCounts();
        refused(Reason.INVALID_ARGUMENT, imap, told(""));
        refused(Reason.INVALID_ARGUMENT, imap, told("x".repeat(65)));
        refused(Reason.INVALID_ARGUMENT, imap, told("one", BUSY.toBuilder().setNetwork(ByteString.copyFromUtf8("three")).build()));
        refused(Reason.INVALID_ARGUMENT, imap, told("one", BUSY.toBuilder().setOpen(-1).build()));
    }

    @Test
    void aThousandIsTheMost() throws IOException {
        ClientCountsClient imap = service.client(Caller.IMAP_GATEWAY).clientCounts();
        refused(Reason.INVALID_ARGUMENT, imap, told("one").toBuilder().addAllClients(Collections.nCopies(1_001, BUSY)).build());
    }

    @Test
    void otherServicesHaveNoPartInIt() throws IOException {
        refused(Reason.PERMISSION_DENIED, service.client(Caller.SMTP_GATEWAY).clientCounts(), told("one"));
        refused(Reason.PERMISSION_DENIED, service.client(Caller.DELIVERY_WORKER).clientCounts(), told("one"));
    }

    private static void refused(Reason reason, ClientCountsClient client, ExchangeRequest request) {
        assertEquals(reason, assertThrows(MailboxServiceException.class, () -> client.exchange(request)).reason());
    }

    private static ExchangeRequest told(String gateway, ClientCount... clients) {
        return ExchangeRequest.newBuilder().setGateway(ByteString.copyFromUtf8(gateway)).addAllClients(List.of(clients)).setValid(60_000).build();
    }
}
