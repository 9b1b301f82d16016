package org.postel.clients;

import com.google.protobuf.ByteString;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.v1.ClientCount;
import org.postel.mailbox.api.v1.ExchangeRequest;
import org.postel.mailbox.api.v1.ExchangeResponse;

/**
 * Tells the other gateways of the kind what clients do here, and hears what they do there, through mailbox-service: one small call in an
 * interval. Nobody waits for it; while mailbox-service is away this gateway soon counts alone.
 */
public final class ClientExchange implements AutoCloseable {

    /** What was heard counts until it was missed that many times, and so does what was told. */
    private static final int INTERVALS_HEARD = 5;
    private static final String OTHERS = "others";
    private static final Logger LOG = Logger.getLogger(ClientExchange.class);

    private final ClientRates rates;
    private final Function<ExchangeRequest, ExchangeResponse> service;
    private final Duration interval;
    private final ByteString gateway = ByteString.copyFromUtf8(UUID.randomUUID().toString());
    private final Thread thread;
    private boolean alone;

    /**
     * Not started yet.
     *
     * @param service  mailbox-service; throws {@code MailboxServiceException} while it is away
     * @param interval between two exchanges
     */
    public ClientExchange(ClientRates rates, Function<ExchangeRequest, ExchangeResponse> service, Duration interval) {
        this.rates = rates;
        this.service = service;
        this.interval = interval;
        this.thread = Thread.ofVirtual().name("client-exchange").unstarted(this::run);
    }

    /** For how long it counts what was heard, where gateways tell each other once in an interval. */
    public static Duration heardFor(Duration interval) {
        return interval.multipliedBy(INTERVALS_HEARD);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                exchange();
                Thread.sleep(interval);
            }
        } catch (InterruptedException e) {
            LOG.debug("no more exchanges");
        }
    }

    /** Once. */
    void exchange() {
        try {
            rates.heard(OTHERS, elsewhere(service.apply(own())));
            if (alone) {
                LOG.info("the limits for clients count what they do at all gateways again");
            }
            alone = false;
        } catch (RuntimeException e) {
            // An outage lasts: it is told once, and nothing ends the exchange.
            LOG.logf(alone ? Logger.Level.DEBUG : Logger.Level.WARN, "the limits for clients count what they do here only: %s", e.getMessage());
            alone = true;
        }
    }

    private ExchangeRequest own() {
        ExchangeRequest.Builder request = ExchangeRequest.newBuilder().setGateway(gateway)
                .setValid(Math.toIntExact(heardFor(interval).toMillis()));
        rates.busiest().forEach((network, does) -> request.addClients(ClientCount.newBuilder()
                .setNetwork(ByteString.copyFrom(network.getAddress())).setOpen(does.open()).setConnections(does.connections())));
        return request.build();
    }

    private static Map<InetAddress, ClientActivity> elsewhere(ExchangeResponse response) {
        Map<InetAddress, ClientActivity> clients = new HashMap<>();
        for (ClientCount client : response.getClientsList()) {
            try {
                clients.put(InetAddress.getByAddress(client.getNetwork().toByteArray()), new ClientActivity(client.getOpen(), client.getConnections(), 0));
            } catch (UnknownHostException e) {
                LOG.debugf("not an address: %d octets", client.getNetwork().size());
            }
        }
        return clients;
    }
}
