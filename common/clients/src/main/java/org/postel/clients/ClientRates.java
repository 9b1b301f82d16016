package org.postel.clients;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.postel.wire.Admission;
import org.postel.wire.ConnectionLimits;

/**
 * How much one address, or IPv6 /64, may do at all gateways of a kind together (SAFETY row 19): what it does here, and what the others said of
 * it a moment ago. Of a gateway that says nothing any more nothing is counted. What is refused does not count, so who goes on gets as much
 * as the limit.
 */
public final class ClientRates implements Admission {

    /** Networks that are remembered, and gateways. */
    private static final int MOST_NETWORKS = 100_000;
    private static final int MOST_GATEWAYS = 200;
    /** Told at once: those who come nearest to a limit. */
    private static final int MOST_TOLD = 500;
    /** Who does less than this part of every limit is not told of: so many gateways are needed to pass one unseen. */
    private static final int NOTHING = 64;
    private static final Duration QUIET = Duration.ofMinutes(2);

    private final ClientActivity limits;
    private final Predicate<InetAddress> free;
    private final LongSupplier nanoTime;
    private final Map<InetAddress, Integer> open = new ConcurrentHashMap<>();
    private final Cache<InetAddress, Lately> lately;
    private final Cache<String, Map<InetAddress, ClientActivity>> elsewhere;

    private record Lately(LastMinute connections, LastMinute recipients) {}

    /**
     * @param limits over all gateways; 0: none
     * @param heard for how long it counts what another gateway said
     * @param free which addresses are not counted
     * @param nanoTime the clock
     */
    public ClientRates(ClientActivity limits, Duration heard, Predicate<InetAddress> free, LongSupplier nanoTime) {
        this.limits = limits;
        this.free = free;
        this.nanoTime = nanoTime;
        this.lately = Caffeine.newBuilder().maximumSize(MOST_NETWORKS).expireAfterAccess(QUIET).ticker(nanoTime::getAsLong).build();
        this.elsewhere = Caffeine.newBuilder().maximumSize(MOST_GATEWAYS).expireAfterWrite(heard).ticker(nanoTime::getAsLong).build();
    }

    @Override
    public boolean admits(InetAddress client, InetAddress network, int openHere) {
        if (free.test(client)) {
            return true;
        }
        ClientActivity others = elsewhere(network);
        long now = nanoTime.getAsLong();
        LastMinute connections = lately(network).connections();
        if (limits.open() > 0 && openHere + others.open() > limits.open()
                || limits.connections() > 0 && connections.count(now) + others.connections() >= limits.connections()) {
            return false;
        }
        connections.add(now);
        open.put(network, openHere);
        return true;
    }

    @Override
    public void left(InetAddress network, int openHere) {
        open.computeIfPresent(network, (same, before) -> openHere == 0 ? null : openHere);
    }

    /** Whether a client without a login may name one more recipient; if so, it has. */
    public boolean mayName(InetAddress client) {
        if (limits.recipients() == 0 || free.test(client)) {
            return true;
        }
        InetAddress network = ConnectionLimits.network(client);
        long now = nanoTime.getAsLong();
        LastMinute recipients = lately(network).recipients();
        if (recipients.count(now) + elsewhere(network).recipients() >= limits.recipients()) {
            return false;
        }
        recipients.add(now);
        return true;
    }

    /** Those here who may matter to other gateways, 500 at most. */
    public Map<InetAddress, ClientActivity> busiest() {
        long now = nanoTime.getAsLong();
        Map<InetAddress, ClientActivity> all = new LinkedHashMap<>();
        lately.asMap().forEach((network, did) -> all.put(network,
                new ClientActivity(0, did.connections().count(now), did.recipients().count(now))));
        open.forEach((network, some) -> all.merge(network, new ClientActivity(some, 0, 0), ClientActivity::and));
        Map<InetAddress, ClientActivity> told = new LinkedHashMap<>();
        all.entrySet().stream().filter(entry -> share(entry.getValue()) * NOTHING >= 1)
                .sorted(Comparator.comparingDouble((Map.Entry<InetAddress, ClientActivity> entry) -> share(entry.getValue())).reversed())
                .limit(MOST_TOLD).forEach(entry -> told.put(entry.getKey(), entry.getValue()));
        return told;
    }

    /** What another gateway said, or several as one, instead of what was said under that name before. */
    public void heard(String gateway, Map<InetAddress, ClientActivity> clients) {
        elsewhere.put(gateway, Map.copyOf(clients));
    }

    private ClientActivity elsewhere(InetAddress network) {
        ClientActivity sum = ClientActivity.NONE;
        for (Map<InetAddress, ClientActivity> gateway : elsewhere.asMap().values()) {
            sum = sum.and(gateway.getOrDefault(network, ClientActivity.NONE));
        }
        return sum;
    }

    private Lately lately(InetAddress network) {
        return lately.get(network, absent -> new Lately(new LastMinute(nanoTime.getAsLong()), new LastMinute(nanoTime.getAsLong())));
    }

    /** Of the limit that it comes nearest to. */
    private double share(ClientActivity activity) {
        return Math.max(share(activity.open(), limits.open()),
                Math.max(share(activity.connections(), limits.connections()), share(activity.recipients(), limits.recipients())));
    }

    private static double share(int count, int limit) {
        return limit == 0 ? 0 : (double) count / limit;
    }
}
