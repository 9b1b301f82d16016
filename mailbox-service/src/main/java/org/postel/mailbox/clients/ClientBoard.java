package org.postel.mailbox.clients;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.postel.mailbox.identity.Caller;

/**
 * Where each gateway tells what clients do there, and reads what they do at the others of its kind (SAFETY row 19). In the memory of this
 * process: a gateway that turns to another finds there what the others have told that one since.
 */
public final class ClientBoard {

    /** Networks that one gateway tells of at once, and that it is told of. */
    public static final int MOST_NETWORKS = 1_000;

    /** Gateways of all kinds. */
    private static final int MOST_GATEWAYS = 500;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Cache<Gateway, Told> board;

    private record Gateway(Caller kind, String name) {}

    private record Told(Map<InetAddress, ClientCounts> clients, Duration valid) {}

    /** @param nanoTime the clock */
    public ClientBoard(LongSupplier nanoTime) {
        this.board = Caffeine.newBuilder().maximumSize(MOST_GATEWAYS).ticker(nanoTime::getAsLong)
                .expireAfter(Expiry.writing((Gateway gateway, Told told) -> told.valid())).build();
    }

    /**
     * Tells and reads.
     *
     * @param name of the gateway, which it chose
     * @param clients instead of what it told before; whoever lets gateways in lets {@link #MOST_NETWORKS} of each in
     * @param valid for how long, unless it tells anew; a minute at most
     * @return what the others told, added up; of more than 1000 networks those that do most
     */
    public Map<InetAddress, ClientCounts> exchange(Caller kind, String name, Map<InetAddress, ClientCounts> clients, Duration valid) {
        Gateway gateway = new Gateway(kind, name);
        board.put(gateway, new Told(Map.copyOf(clients), valid.compareTo(LONGEST) < 0 ? valid : LONGEST));
        return most(others(gateway));
    }

    private Map<InetAddress, ClientCounts> others(Gateway gateway) {
        Map<InetAddress, ClientCounts> sum = new HashMap<>();
        board.asMap().forEach((other, told) -> {
            if (other.kind() == gateway.kind() && !other.equals(gateway)) {
                told.clients().forEach((network, does) -> sum.merge(network, does, ClientCounts::and));
            }
        });
        return sum;
    }

    private static Map<InetAddress, ClientCounts> most(Map<InetAddress, ClientCounts> all) {
        return all.size() <= MOST_NETWORKS ? all : all.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.comparingInt(ClientCounts::most).reversed())).limit(MOST_NETWORKS)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
