package org.postel.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.ClientCount;
import org.postel.mailbox.api.v1.ExchangeRequest;
import org.postel.mailbox.api.v1.ExchangeResponse;
import org.postel.wire.ConnectionLimits;

/** SAFETY row 19: what gateways hear of each other through mailbox-service. */
class ClientExchangeTest {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final InetAddress CLIENT = InetAddress.ofLiteral("2001:db8::7");
    private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");

    private final AtomicLong clock = new AtomicLong(System.nanoTime());
    private final Map<ByteString, ExchangeRequest> told = new LinkedHashMap<>();
    private final ClientRates here = rates();
    private final ClientRates there = rates();
    private final ClientExchange ofHere = new ClientExchange(here, this::serve, INTERVAL);
    private final ClientExchange ofThere = new ClientExchange(there, this::serve, INTERVAL);
    private boolean away;

    @Test
    void connectionsAtBothAreCounted() {
        assertTrue(admits(here, CLIENT, 1));
        assertTrue(admits(here, CLIENT, 2));
        exchange();
        assertTrue(admits(there, CLIENT, 1));
        assertFalse(admits(there, CLIENT, 2));
        assertTrue(admits(there, OTHER, 1), "another has nothing to do with it");
        here.left(ConnectionLimits.network(CLIENT), 0);
        exchange();
        assertTrue(admits(there, CLIENT, 2));
    }

    @Test
    void whileTheServiceIsAwayEachSoonCountsAlone() {
        assertTrue(admits(here, CLIENT, 3));
        exchange();
        assertFalse(admits(there, CLIENT, 1));
        away = true;
        exchange();
        assertFalse(admits(there, CLIENT, 1), "what was heard counts a while longer");
        clock.addAndGet(ClientExchange.heardFor(INTERVAL).plusSeconds(1).toNanos());
        assertTrue(admits(there, CLIENT, 1));
        assertFalse(admits(there, CLIENT, 4), "its own count holds");
        away = false;
        exchange();
        assertFalse(admits(there, CLIENT, 1));
    }

    @Test
    void whatIsToldCountsForSomeIntervals() {
        exchange();
        assertEquals(List.of(5000, 5000), told.values().stream().map(ExchangeRequest::getValid).toList());
    }

    @Test
    void anAddressThatIsNoneIsLeftOut() {
        ClientExchange odd = new ClientExchange(there, request -> ExchangeResponse.newBuilder()
                .addClients(ClientCount.newBuilder().setNetwork(ByteString.copyFromUtf8("three")).setOpen(9))
                .addClients(ClientCount.newBuilder().setNetwork(ByteString.copyFrom(OTHER.getAddress())).setOpen(3)).build(), INTERVAL);
        odd.exchange();
        assertFalse(admits(there, OTHER, 1));
    }

    @Test
    void itGoesOnUntilItIsClosed() throws InterruptedException {
        CountDownLatch exchanges = new CountDownLatch(3);
        AtomicReference<Thread> exchanging = new AtomicReference<>();
        try (ClientExchange running = new ClientExchange(here, request -> {
            exchanging.set(Thread.currentThread());
            exchanges.countDown();
            throw exchanges.getCount() == 1 ? new IllegalStateException("no answer that anybody thought of")
                    : new MailboxServiceException(MailboxServiceException.Reason.UNAVAILABLE, "away", null);
        }, Duration.ofMillis(1))) {
            running.start();
            assertTrue(exchanges.await(20, TimeUnit.SECONDS));
        }
        assertTrue(exchanging.get().join(Duration.ofSeconds(20)));
    }

    private void exchange() {
        ofHere.exchange();
        ofThere.exchange();
        ofHere.exchange();
    }

    /** As mailbox-service does it, without its limits. */
    private ExchangeResponse serve(ExchangeRequest request) {
        if (away) {
            throw new MailboxServiceException(MailboxServiceException.Reason.UNAVAILABLE, "away", null);
        }
        told.put(request.getGateway(), request);
        List<ClientCount> others = new ArrayList<>();
        told.forEach((gateway, said) -> others.addAll(gateway.equals(request.getGateway()) ? List.of() : said.getClientsList()));
        return ExchangeResponse.newBuilder().addAllClients(others).build();
    }

    private ClientRates rates() {
        return new ClientRates(new ClientActivity(3, 100, 0), ClientExchange.heardFor(INTERVAL), address -> false, clock::get);
    }

    private static boolean admits(ClientRates rates, InetAddress client, int open) {
        return rates.admits(client, ConnectionLimits.network(client), open);
    }
}
