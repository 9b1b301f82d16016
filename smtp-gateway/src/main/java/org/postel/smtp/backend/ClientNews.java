package org.postel.smtp.backend;

import com.google.protobuf.ByteString;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.postel.clients.ClientActivity;
import org.postel.clients.ClientRates;
import org.postel.queue.ClientReports;
import org.postel.queue.QueueProducer;
import org.postel.queue.QueueSettings;
import org.postel.queue.v1.ClientReport;

/** Tells the other gateways what clients do here, and hears it of them. */
public final class ClientNews implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ClientNews.class);
    /** More than a gateway tells. */
    private static final int MOST_HEARD = 1000;

    private final ClientRates rates;
    private final ByteString gateway = name(UUID.randomUUID());
    private final ClientReports reports;

    /** Not started yet; {@code interval} is between two reports. */
    public ClientNews(ClientRates rates, QueueSettings settings, QueueProducer producer, Duration interval) {
        this.rates = rates;
        this.reports = new ClientReports(settings, producer, interval, this::own, this::heard);
    }

    /** Begins. */
    public void start() {
        reports.start();
    }

    @Override
    public void close() {
        reports.close();
    }

    private ClientReport own() {
        ClientReport.Builder report = ClientReport.newBuilder().setGateway(gateway);
        rates.busiest().forEach((network, does) -> report.addClients(org.postel.queue.v1.ClientActivity.newBuilder()
            .setNetwork(ByteString.copyFrom(network.getAddress())).setOpen(does.open()).setConnections(does.connections()).setRecipients(does.recipients())));
        return report.build();
    }

    private void heard(ClientReport report) {
        if (report.getGateway().equals(gateway)) {
            return;
        }
        Map<InetAddress, ClientActivity> clients = new HashMap<>();
        report.getClientsList().stream().limit(MOST_HEARD).forEach(client -> {
            try {
                clients.put(InetAddress.getByAddress(client.getNetwork().toByteArray()),
                    new ClientActivity(client.getOpen(), client.getConnections(), client.getRecipients()));
            } catch (UnknownHostException e) {
                LOG.debugf("not an address: %d octets", client.getNetwork().size());
            }
        });
        rates.heard(report.getGateway().toStringUtf8(), clients);
    }

    private static ByteString name(UUID id) {
        return ByteString.copyFromUtf8(id.toString());
    }
}
