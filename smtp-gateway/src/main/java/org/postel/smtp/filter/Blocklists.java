package org.postel.smtp.filter;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.postel.trust.dns.Dns;
import org.postel.trust.dns.DnsTroubleException;

/**
 * Asks all configured blocklists at once: RFC 5782 §2. One that does not answer in time lists nobody, and so does one that lists
 * the address which none may list: it is out of order, or gone and its domain for sale. For any number of threads; blocks the one
 * that asks, a virtual one.
 */
public final class Blocklists {

    private static final Logger LOG = Logger.getLogger(Blocklists.class);
    // A client names recipients one after the other, and comes again soon; DNS remembers what has a time to live, and no silence.
    private static final Duration MEMORY = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 10_000;
    // RFC 5782 §5: 127.0.0.1 is never listed.
    private static final InetAddress NEVER_LISTED = InetAddress.ofLiteral("127.0.0.1");

    private final List<Blocklist> lists;
    private final Dns dns;
    private final Duration limit;
    private final Map<InetAddress, Remembered> memory = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Remembered> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private record Remembered(Listing listing, long until) {
    }

    /** @param limit for all of them */
    public Blocklists(List<Blocklist> lists, Dns dns, Duration limit) {
        this.lists = List.copyOf(lists);
        this.dns = dns;
        this.limit = limit;
    }

    /** What they say of an address. */
    public Listing of(InetAddress address) {
        synchronized (memory) {
            Remembered known = memory.get(address);
            if (known != null && known.until - System.nanoTime() > 0) {
                return known.listing;
            }
        }
        Listing found = ask(address);
        synchronized (memory) {
            memory.put(address, new Remembered(found, System.nanoTime() + MEMORY.toNanos()));
        }
        return found;
    }

    private Listing ask(InetAddress address) {
        List<String> zones = new ArrayList<>();
        int weight = 0;
        try (ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> answers = asking.invokeAll(lists.stream().map(list -> new Question(list, address)).toList(), limit.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < answers.size(); i++) {
                if (listed(answers.get(i), lists.get(i))) {
                    zones.add(lists.get(i).zone());
                    weight += lists.get(i).weight();
                }
            }
            return new Listing(zones, weight);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Listing.NONE;
        }
    }

    private static boolean listed(Future<Boolean> answer, Blocklist list) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException | CancellationException e) {
            LOG.debugf("%s does not answer: %s", list.zone(), e.getMessage());
            return false;
        }
    }

    private final class Question implements java.util.concurrent.Callable<Boolean> {

        private final Blocklist list;
        private final InetAddress address;

        private Question(Blocklist list, InetAddress address) {
            this.list = list;
            this.address = address;
        }

        @Override
        public Boolean call() throws DnsTroubleException {
            boolean listed = listed(address);
            if (listed && listed(NEVER_LISTED)) {
                LOG.warnf("%s lists 127.0.0.1, so it is not believed", list.zone());
                return false;
            }
            return listed;
        }

        private boolean listed(InetAddress asked) throws DnsTroubleException {
            return dns.addresses(reversed(asked) + list.zone(), Dns.Family.IP4).stream().anyMatch(Blocklists::meansListed);
        }
    }

    // RFC 5782 §2.1: an address of 127.0.0.0/8. 127.255.255.0/24 is what large lists answer to whom they do not serve, and any other
    // comes from a resolver that invents answers.
    private static boolean meansListed(InetAddress answer) {
        byte[] octets = answer.getAddress();
        return octets.length == 4 && octets[0] == 127 && !(octets[1] == (byte) 255 && octets[2] == (byte) 255);
    }

    /** The address as labels with a dot behind each: RFC 5782 §2.1 and §2.4. */
    private static String reversed(InetAddress address) {
        byte[] octets = address.getAddress();
        StringBuilder labels = new StringBuilder();
        for (int i = octets.length - 1; i >= 0; i--) {
            int octet = octets[i] & 0xff;
            labels.append(octets.length == 4 ? octet + "." : Integer.toHexString(octet & 0xf) + "." + Integer.toHexString(octet >> 4) + ".");
        }
        return labels.toString();
    }
}
