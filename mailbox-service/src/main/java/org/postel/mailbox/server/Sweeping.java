package org.postel.mailbox.server;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.postel.mailbox.lease.Lease;
import org.postel.mailbox.lease.LeaseLostException;
import org.postel.mailbox.lease.Leases;
import org.postel.mailbox.storage.Sweeper;

/** Lets one pod at a time sweep the store, under a lease. */
final class Sweeping implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Sweeping.class);
    private static final String LEASE = "sweeper";

    private final Leases leases;
    private final Sweeper sweeper;
    private final Duration interval;
    private final Duration ttl;
    private final String holder = "sweeper-" + UUID.randomUUID();
    private final Thread thread;
    private long renewAt;

    Sweeping(Leases leases, Sweeper sweeper, Duration interval, Duration ttl) {
        this.leases = leases;
        this.sweeper = sweeper;
        this.interval = interval;
        this.ttl = ttl;
        this.thread = Thread.ofVirtual().name("sweeper").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(interval);
                pass();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.warnf("sweeping stopped, to be tried again: %s", e.getMessage());
            }
        }
    }

    private void pass() {
        Optional<Lease> lease = leases.acquire(LEASE, holder, ttl);
        if (lease.isPresent()) {
            scheduleRenewal();
            long freed = sweeper.sweep(() -> stillHeld(lease.get()));
            leases.release(lease.get());
            LOG.debugf("sweeping freed %d messages", freed);
        }
    }

    private boolean stillHeld(Lease lease) {
        if (Thread.currentThread().isInterrupted()) {
            return false;
        }
        if (System.nanoTime() - renewAt < 0) {
            return true;
        }
        try {
            leases.renew(lease);
            scheduleRenewal();
            return true;
        } catch (LeaseLostException e) {
            LOG.infof("another pod sweeps now: %s", e.getMessage());
            return false;
        }
    }

    private void scheduleRenewal() {
        renewAt = System.nanoTime() + ttl.dividedBy(3).toNanos();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
