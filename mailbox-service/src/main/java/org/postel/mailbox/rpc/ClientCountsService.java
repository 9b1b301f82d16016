package org.postel.mailbox.rpc;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.postel.mailbox.api.v1.ClientCount;
import org.postel.mailbox.api.v1.ClientCountsGrpc;
import org.postel.mailbox.api.v1.ExchangeRequest;
import org.postel.mailbox.api.v1.ExchangeResponse;
import org.postel.mailbox.clients.ClientBoard;
import org.postel.mailbox.clients.ClientCounts;
import org.postel.mailbox.storage.StoreException;

/** The service ClientCounts. Which kind a gateway is of is what its service token says. */
public final class ClientCountsService extends ClientCountsGrpc.ClientCountsImplBase {

    private static final int LONGEST_NAME = 64;

    private final ClientBoard board;
    private final Answers answers;

    /** @param board where gateways tell and read */
    public ClientCountsService(ClientBoard board, RpcSettings settings) {
        this.board = board;
        this.answers = new Answers(settings.stallTimeout());
    }

    @Override
    public void exchange(ExchangeRequest request, StreamObserver<ExchangeResponse> to) {
        answers.one("Exchange", to, () -> {
            try {
                return response(board.exchange(Principal.current().caller(), name(request.getGateway()), clients(request),
                        Duration.ofMillis(Integer.toUnsignedLong(request.getValid()))));
            } catch (IllegalArgumentException | UnknownHostException e) {
                throw new StoreException(StoreException.Problem.INVALID, e.getMessage());
            }
        });
    }

    private static String name(ByteString gateway) {
        if (gateway.isEmpty() || gateway.size() > LONGEST_NAME) {
            throw new IllegalArgumentException("a gateway's name has 1 to " + LONGEST_NAME + " octets");
        }
        return gateway.toStringUtf8();
    }

    private static Map<InetAddress, ClientCounts> clients(ExchangeRequest request) throws UnknownHostException {
        if (request.getClientsCount() > ClientBoard.MOST_NETWORKS) {
            throw new IllegalArgumentException("at most " + ClientBoard.MOST_NETWORKS + " networks at once");
        }
        Map<InetAddress, ClientCounts> clients = new HashMap<>();
        for (ClientCount client : request.getClientsList()) {
            clients.put(InetAddress.getByAddress(client.getNetwork().toByteArray()), new ClientCounts(client.getOpen(), client.getConnections()));
        }
        return clients;
    }

    private static ExchangeResponse response(Map<InetAddress, ClientCounts> others) {
        ExchangeResponse.Builder response = ExchangeResponse.newBuilder();
        others.forEach((network, does) -> response.addClients(ClientCount.newBuilder().setNetwork(ByteString.copyFrom(network.getAddress()))
                .setOpen(does.open()).setConnections(does.connections())));
        return response.build();
    }
}
