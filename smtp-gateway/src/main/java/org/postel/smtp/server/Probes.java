package org.postel.smtp.server;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Mailbox;
import org.postel.smtp.command.BackendUnavailableException;
import org.postel.smtp.command.Directory;

/** Asks the queue and mailbox-service now and then whether they are there; readiness tells what they said last. */
@Singleton
class Probes {

    private static final Logger LOG = Logger.getLogger(Probes.class);

    private final SmtpConfig config;
    private final Backends backends;
    private final Mailbox asked;
    private volatile boolean running;
    private volatile boolean queueReachable;
    private volatile boolean mailboxReachable;
    private volatile Optional<Thread> prober = Optional.empty();

    Probes(SmtpConfig config, HostConfig host, Backends backends) throws AddressSyntaxException {
        this.config = config;
        this.backends = backends;
        this.asked = Mailbox.parse("postmaster@" + host.hostname());
    }

    void start() {
        running = true;
        prober = Optional.of(Thread.ofVirtual().name("probes").start(this::probe));
    }

    void stop() {
        running = false;
        prober.ifPresent(Thread::interrupt);
    }

    /** Ports are open and the process is not draining. */
    boolean running() {
        return running;
    }

    boolean queueReachable() {
        return queueReachable;
    }

    boolean mailboxReachable() {
        return mailboxReachable;
    }

    private void probe() {
        try {
            while (running) {
                queueReachable = changed("queue", queueReachable, backends::queueReachable);
                mailboxReachable = changed("mailbox-service", mailboxReachable, this::resolves);
                Thread.sleep(config.probeInterval());
            }
        } catch (InterruptedException e) {
            LOG.trace("no longer probing");
        }
    }

    private static boolean changed(String name, boolean before, BooleanSupplier probe) {
        boolean now = probe.getAsBoolean();
        if (now != before) {
            LOG.infof("%s is %s", name, now ? "reachable" : "not reachable");
        }
        return now;
    }

    private boolean resolves() {
        try {
            Directory.Standing any = backends.directory().standing(asked);
            LOG.tracef("%s is %s", asked, any);
            // Before readiness, so that the first session offers it.
            backends.learnMechanisms();
            return true;
        } catch (BackendUnavailableException e) {
            LOG.debugf("mailbox-service not reachable: %s", e.getMessage());
            return false;
        }
    }
}
