package org.postel.mailbox.server;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.postel.mailbox.lease.Lease;
import org.postel.mailbox.lease.LeaseLostException;
import org.postel.mailbox.lease.Leases;

/** Work that comes up again and again, and that one pod at a time does, under a lease. */
final class LeasedWork implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LeasedWork.class);

    private final Leases leases;
    private final String name;
    private final Consumer<BooleanSupplier> work;
    private final Duration interval;
    private final Duration ttl;
    private final String holder;
    private final Thread thread;
    private long renewAt;

    /**
     * @param name of the lease
     * @param work is told whether to go on: asked now and then, it also keeps the lease
     * @param ttl  how long the lease outlives a pod that died
     */
    LeasedWork(Leases leases, String name, Consumer<BooleanSupplier> work, Duration interval, Duration ttl) {
        this.leases = leases;
        this.name = name;
        this.work = work;
        this.interval = interval;
        this.ttl = ttl;
        this.holder = name + "-" + UUID.randomUUID();
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
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
                LOG.warnf("%s stopped, to be tried again: %s", name, e.getMessage());
            }
        }
    }

    private void pass() {
        Optional<Lease> lease = leases.acquire(name, holder, ttl);
        if (lease.isPresent()) {
            scheduleRenewal();
            work.accept(() -> stillHeld(lease.get()));
            leases.release(lease.get());
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
            LOG.infof("%s: another pod goes on: %s", name, e.getMessage());
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
