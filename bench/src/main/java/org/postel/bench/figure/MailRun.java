package org.postel.bench.figure;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import org.postel.bench.load.Crew;
import org.postel.bench.load.Letter;
import org.postel.bench.load.Prose;
import org.postel.bench.load.SigningDomain;
import org.postel.bench.load.SizeMix;
import org.postel.bench.load.SmtpConnection;
import org.postel.bench.report.Percentiles;
import org.postel.bench.stack.CpuTime;
import org.postel.bench.stack.MailStack;

/** Sends a round of mail as fast as the server takes it, waits until all is visible, and checks that it is there once. */
public final class MailRun {

    private static final double NANOS = 1e9;
    private static final String SENDER = "load@" + SigningDomain.NAME;
    private static final byte[] NOTHING = {};

    private final MailStack stack;
    private final Inboxes inboxes;
    private final Prose prose;

    /** On a server whose inboxes are open. */
    public MailRun(MailStack stack, Inboxes inboxes, Prose prose) {
        this.stack = stack;
        this.inboxes = inboxes;
        this.prose = prose;
    }

    /**
     * What a round gave.
     *
     * @param acceptedPerSecond messages
     * @param deliveredPerSecond messages, for each recipient one
     * @param latency DATA to 250, in nanoseconds
     * @param server CPU time of all its processes
     * @param load CPU time of this program
     */
    public record Outcome(double acceptedPerSecond, double deliveredPerSecond, Percentiles latency, CpuTime server,
            CpuTime load) {
    }

    /** What stands on top of each message, by its number: signatures, or nothing. */
    @FunctionalInterface
    interface Fields {
        /** Whole lines. */
        byte[] of(int message);
    }

    /**
     * Does it.
     *
     * @throws IOException when anything was refused, lost or doubled: then the figure does not count
     */
    public Outcome run(Round round) throws IOException {
        return run(round, stack.smtp(), message -> NOTHING);
    }

    /**
     * Does it by a gateway of its own and with more header.
     *
     * @param smtp port of the gateway
     * @throws IOException when anything was refused, lost or doubled: then the figure does not count
     */
    Outcome run(Round round, int smtp, Fields fields) throws IOException {
        long[] before = inboxes.counts();
        long[] wanted = before.clone();
        for (int account = 0; account < wanted.length; account++) {
            wanted[account] += round.deliveriesTo(account, wanted.length);
        }
        CpuTime server = stack.processes().cpu();
        CpuTime load = CpuTime.own();
        long begun = System.nanoTime();
        long[] latencies = send(round, smtp, fields);
        double accepted = (System.nanoTime() - begun) / NANOS;
        inboxes.await(wanted, begun);
        double visible = (System.nanoTime() - begun) / NANOS;
        Outcome outcome = new Outcome(round.messages() / accepted, round.deliveries() / visible, new Percentiles(latencies),
                stack.processes().cpu().since(server), CpuTime.own().since(load));
        inboxes.check(round, before);
        return outcome;
    }

    private long[] send(Round round, int smtp, Fields fields) throws IOException {
        long[] latencies = new long[round.messages()];
        AtomicInteger next = new AtomicInteger();
        Crew.run(round.connections(), member -> {
            try (SmtpConnection connection = SmtpConnection.open(smtp, 1)) {
                Letter letter = new Letter(prose);
                for (int i = next.getAndIncrement(); i < round.messages(); i = next.getAndIncrement()) {
                    var to = round.to(i, stack.accounts());
                    letter.write(round.id(i), to.getFirst(), SizeMix.of(i)).under(fields.of(i)).dotted();
                    latencies[i] = connection.send(SENDER, to, letter);
                }
            }
        });
        return latencies;
    }
}
