package org.postel.mailbox.api;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/** The pods that the configured names stand for now. Names are looked up again by the call that finds them too old. */
final class Pods implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Pods.class);

    private final MailboxClientSettings settings;
    private final List<PodName> names;
    private final ReentrantLock resolving = new ReentrantLock();
    private volatile Map<InetSocketAddress, Pod> known = Map.of();
    private volatile long resolveAt = System.nanoTime();
    private boolean closed;

    Pods(MailboxClientSettings settings) {
        this.settings = settings;
        this.names = settings.addresses().stream().map(PodName::parse).toList();
    }

    /** For a call about an account: always the same pod first, as long as it answers. */
    List<Pod> forAccount(byte[] accountId) {
        return answeringFirst(Rendezvous.order(accountId, current(), Pod::name));
    }

    /** For a call that any pod serves alike. */
    List<Pod> any() {
        byte[] random = new byte[8];
        ThreadLocalRandom.current().nextBytes(random);
        return answeringFirst(Rendezvous.order(random, current(), Pod::name));
    }

    /** A pod did not answer: perhaps the names stand for others by now. */
    void lookAgain() {
        resolveAt = System.nanoTime();
    }

    private static List<Pod> answeringFirst(List<Pod> ordered) {
        List<Pod> all = new ArrayList<>(ordered.stream().filter(pod -> !pod.avoided()).toList());
        ordered.stream().filter(Pod::avoided).forEach(all::add);
        return all;
    }

    private List<Pod> current() {
        boolean first = known.isEmpty();
        if (first) {
            resolving.lock();
        } else if (System.nanoTime() - resolveAt < 0 || !resolving.tryLock()) {
            return List.copyOf(known.values());
        }
        try {
            if (!closed && (known.isEmpty() || System.nanoTime() - resolveAt >= 0)) {
                resolveAt = System.nanoTime() + settings.resolveInterval().toNanos();
                replace(resolve());
            }
            return List.copyOf(known.values());
        } finally {
            resolving.unlock();
        }
    }

    private Set<InetSocketAddress> resolve() {
        Set<InetSocketAddress> found = new LinkedHashSet<>();
        for (PodName name : names) {
            try {
                found.addAll(name.resolve());
            } catch (UnknownHostException e) {
                LOG.debugf("no address for %s", name.host());
            }
        }
        return found;
    }

    /** A look-up that found nothing changes nothing: the pods do not vanish because the name server does. */
    private void replace(Set<InetSocketAddress> found) {
        if (found.isEmpty() || found.equals(known.keySet())) {
            return;
        }
        Map<InetSocketAddress, Pod> next = new LinkedHashMap<>();
        found.forEach(address -> next.put(address, known.containsKey(address) ? known.get(address) : new Pod(address, settings)));
        Map<InetSocketAddress, Pod> before = known;
        known = Map.copyOf(next);
        before.forEach((address, pod) -> {
            if (!next.containsKey(address)) {
                pod.retire();
            }
        });
    }

    @Override
    public void close() {
        resolving.lock();
        try {
            closed = true;
            known.values().forEach(Pod::close);
            known = Map.of();
        } finally {
            resolving.unlock();
        }
    }
}
