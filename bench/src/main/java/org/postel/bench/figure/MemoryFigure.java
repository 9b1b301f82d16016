package org.postel.bench.figure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

import org.postel.bench.load.Account;
import org.postel.bench.load.Crew;
import org.postel.bench.load.ImapConnection;
import org.postel.bench.report.Metric;
import org.postel.bench.report.Results;
import org.postel.bench.stack.ProcessUse;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * What one more idle client costs: the memory (PSS) of all processes of the server with so many connections that are logged in, have
 * selected INBOX and are in IDLE, less the memory without them, JVMs after a collection.
 */
public final class MemoryFigure implements Figure {

    private static final int OPENED_AT_ONCE = 8;
    private static final int FIRST_PART = 5;
    private static final int TRIAL = 200;
    /** Of the bench or a server, besides those of the connections. */
    private static final int OTHER_FILES = 1000;
    /** The serial collector gives free memory back in four steps, one at each full collection (-XX:+ShrinkHeapInSteps). */
    private static final int COLLECTIONS = 5;
    private static final double KIBIBYTE = 1024;

    private final int connections;
    private final int messages;

    /**
     * With its load.
     *
     * @param connections the most; a fifth of them is measured too
     * @param messages in all INBOXes together
     */
    public MemoryFigure(int connections, int messages) {
        this.connections = connections;
        this.messages = messages;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String load() {
        return String.format(Locale.ROOT, "%,d messages in 100 INBOXes", messages);
    }

    /** Memory that was once taken is seldom given back, so only the first round tells what connections cost. */
    @Override
    public int rounds(int asked) {
        return 1;
    }

    /** For the same reason: after other work, connections would use what that left behind, and seem to cost nothing. */
    @Override
    public boolean wantsWarmServer() {
        return false;
    }

    /** Some mail for the INBOXes, and some connections, so that what is loaded with the first one is not counted. */
    @Override
    public void prepare(Bed bed) throws IOException {
        long files = ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getMaxFileDescriptorCount();
        if (files < connections + OTHER_FILES) {
            throw new IOException(String.format(Locale.ROOT, "%,d connections need ulimit -n %d in the shell of the bench, and it is %d",
                    connections, connections + OTHER_FILES, files));
        }
        new MailRun(bed.stack(), bed.inboxes(), bed.prose()).run(Round.of(OPENED_AT_ONCE, messages, 1));
        try (Idlers idlers = new Idlers(bed)) {
            idlers.grow(TRIAL);
        }
    }

    @Override
    public void measure(Bed bed, Results results) throws IOException {
        long before = memory(bed);
        try (Idlers idlers = new Idlers(bed)) {
            for (int wanted : List.of(connections / FIRST_PART, connections)) {
                idlers.grow(wanted);
                Quiet.await(bed.stack());
                results.add(new Metric(String.format(Locale.ROOT, "memory of one of %,d idle connections", wanted), "KiB"),
                        bed.stack().name(), (memory(bed) - before) / KIBIBYTE / wanted);
            }
        }
    }

    private static long memory(Bed bed) throws IOException {
        Collection<ProcessUse> use = bed.stack().processes().use().values();
        for (int i = 1; i < COLLECTIONS && use.stream().anyMatch(process -> process.heap().isPresent()); i++) {
            use = bed.stack().processes().use().values();
        }
        return use.stream().mapToLong(ProcessUse::proportional).sum();
    }

    /** The connections, spread over the accounts; each account has a client address of its own, as servers limit those. */
    private static final class Idlers implements AutoCloseable {

        private final Bed bed;
        private final List<ImapConnection> open = new ArrayList<>();

        Idlers(Bed bed) {
            this.bed = bed;
        }

        void grow(int wanted) throws IOException {
            int there = open.size();
            for (int i = there; i < wanted; i++) {
                open.add(null);
            }
            Crew.run(OPENED_AT_ONCE, member -> {
                for (int i = there + member; i < wanted; i += OPENED_AT_ONCE) {
                    open.set(i, idle(i % bed.stack().accounts().size()));
                }
            });
        }

        private ImapConnection idle(int number) throws IOException {
            Account account = bed.stack().accounts().get(number);
            ImapConnection imap = ImapConnection.open(bed.stack().imap(), number + 2);
            try {
                imap.login(account).command("SELECT INBOX");
                imap.idle();
                return imap;
            } catch (IOException failed) {
                imap.close();
                throw failed;
            }
        }

        @Override
        public void close() throws IOException {
            for (ImapConnection imap : open) {
                if (imap != null) {
                    imap.close();
                }
            }
        }
    }
}
