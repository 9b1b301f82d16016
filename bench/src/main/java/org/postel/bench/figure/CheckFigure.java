package org.postel.bench.figure;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.postel.bench.load.Account;
import org.postel.bench.load.Crew;
import org.postel.bench.load.Letter;
import org.postel.bench.load.SigningDomain;
import org.postel.bench.load.SizeMix;
import org.postel.bench.report.Metric;
import org.postel.bench.report.Results;
import org.postel.bench.stack.CpuTime;
import org.postel.bench.stack.JitShare;
import org.postel.bench.stack.MailStack;
import org.postel.trust.dns.LocalDns;

/**
 * What SPF, DKIM and DMARC cost: mail with two signatures as fast as a gateway takes it, once by one that checks nothing and once
 * by one that checks everything against a DNS server on loopback. Their order changes with each round.
 */
public final class CheckFigure implements Figure {

    private static final double MILLIS = 1000;
    private static final double PERCENT = 100;
    private static final int TIME_TO_LIVE = 300;
    private static final int SIGNING_AT_ONCE = 4;
    private static final int MOST_WARM_UPS = 40;
    /** Of a gateway's CPU, for its JIT, in this many rounds in a row: a single one may be low by chance. */
    private static final double LITTLE = 0.1;
    private static final int IN_A_ROW = 3;
    private static final String TRUST = "postel.smtp.trust.";

    private final int connections;
    private final int messages;
    private final int warmUps;
    private Ground ground;
    private int rounds;

    /**
     * With its load.
     *
     * @param warmUps how many rounds each gateway, a new process, has at least before the first that counts: it has more until its JIT
     *     takes less than a tenth of its CPU in three rounds in a row, but 40 at most
     */
    public CheckFigure(int connections, int messages, int warmUps) {
        this.connections = connections;
        this.messages = messages;
        this.warmUps = warmUps;
    }

    @Override
    public String name() {
        return "checks";
    }

    @Override
    public String load() {
        return String.format(Locale.ROOT, "%,d messages in a round with each gateway", messages);
    }

    @Override
    public boolean isFor(MailStack stack) {
        return stack.gateways().isPresent();
    }

    @Override
    public void prepare(Bed bed) throws IOException {
        SigningDomain domain = new SigningDomain();
        LocalDns dns = new LocalDns().with("1.0.0.127.in-addr.arpa", "PTR", TIME_TO_LIVE, SigningDomain.NAME + ".")
                .with(SigningDomain.NAME, "A", TIME_TO_LIVE, "127.0.0.1");
        domain.texts().forEach(dns::withText);
        MailStack.Gateways gateways = bed.stack().gateways().orElseThrow();
        MailStack.Gateway without = gateways.start(Map.of(TRUST + "enabled", "false"));
        // Whoever is judged is a stranger, and one stranger does not send so much.
        MailStack.Gateway with = gateways.start(Map.of(TRUST + "check-loopback", "true", TRUST + "dmarc", "reject",
                TRUST + "dns-servers", "127.0.0.1:" + dns.address().getPort(), "postel.smtp.rate.recipients", Integer.toString(Integer.MAX_VALUE)));
        ground = new Ground(domain, dns, without, with);
        int warm = 0;
        for (int i = 0; i < Math.max(1, warmUps) || warm < IN_A_ROW && i < MOST_WARM_UPS; i++) {
            double compiling = Math.max(without(bed).compiling(), with(bed).compiling());
            warm = compiling < LITTLE ? warm + 1 : 0;
        }
    }

    @Override
    public void measure(Bed bed, Results results) throws IOException {
        boolean checksFirst = rounds++ % 2 == 1;
        Part first = checksFirst ? with(bed) : without(bed);
        Quiet.await(bed.stack());
        Part second = checksFirst ? without(bed) : with(bed);
        Part checked = checksFirst ? first : second;
        Part unchecked = checksFirst ? second : first;
        String stack = bed.stack().name();
        results.add(new Metric("no checks: accepted", "messages/s"), stack, unchecked.accepted());
        results.add(new Metric("SPF, DKIM and DMARC: accepted", "messages/s"), stack, checked.accepted());
        results.add(new Metric("accepted with the checks, of what is without", "%"), stack,
                PERCENT * checked.accepted() / unchecked.accepted());
        results.add(new Metric("no checks: gateway's CPU per message", "ms"), stack, unchecked.cpu());
        results.add(new Metric("no checks: of that the JIT's", "%"), stack, PERCENT * unchecked.compiling());
        results.add(new Metric("SPF, DKIM and DMARC: gateway's CPU per message", "ms"), stack, checked.cpu());
        results.add(new Metric("SPF, DKIM and DMARC: of that the JIT's", "%"), stack, PERCENT * checked.compiling());
    }

    @Override
    public void finish(Bed bed) throws IOException {
        ground.with.end().stop();
        ground.without.end().stop();
        ground.dns.close();
    }

    /**
     * What it is measured with.
     *
     * @param domain whose mail it is
     * @param dns answers them
     * @param without the gateway that makes none
     * @param with the gateway that makes all
     */
    private record Ground(SigningDomain domain, LocalDns dns, MailStack.Gateway without, MailStack.Gateway with) {
    }

    /**
     * What one gateway did in a round.
     *
     * @param accepted messages in a second
     * @param cpu milliseconds of the gateway for each
     * @param compiling how much of that its JIT took, from 0 to 1
     */
    private record Part(double accepted, double cpu, double compiling) {
    }

    private Part without(Bed bed) throws IOException {
        Part part = run(bed, ground.without, "no checks");
        String found = bed.inboxes().newest(0, Judged.FIELD);
        if (!found.isEmpty()) {
            throw new IOException("Checked was what should not be: " + found);
        }
        return part;
    }

    private Part with(Bed bed) throws IOException {
        int asked = ground.dns.asked();
        Part part = run(bed, ground.with, "checks");
        System.out.printf(Locale.ROOT, "DNS was asked %d times for %d messages%n", ground.dns.asked() - asked, messages);
        for (int account = 0; account < bed.stack().accounts().size(); account++) {
            Judged.check(bed.inboxes().newest(account, Judged.FIELD));
        }
        return part;
    }

    private Part run(Bed bed, MailStack.Gateway gateway, String what) throws IOException {
        Round round = Round.of(connections, messages, 1);
        byte[][] signatures = signatures(round, bed);
        CpuTime before = gateway.processes().cpu();
        JitShare jits = JitShare.of(gateway.processes());
        MailRun.Outcome outcome = new MailRun(bed.stack(), bed.inboxes(), bed.prose()).run(round, gateway.smtp(), i -> signatures[i]);
        double seconds = gateway.processes().cpu().since(before).total();
        Part part = new Part(outcome.acceptedPerSecond(), seconds * MILLIS / messages, jits.now());
        System.out.printf(Locale.ROOT, "%s: accepted %.0f/s, CPU of the gateway per message %.2f ms (its JIT %.0f%%), of others (%s)%n", what,
                part.accepted(), part.cpu(), PERCENT * part.compiling(), outcome.server().perPiece(messages));
        return part;
    }

    /** Made before anything is measured, for the gateway that does not look at them too: they make a mail larger. */
    private byte[][] signatures(Round round, Bed bed) throws IOException {
        List<Account> accounts = bed.stack().accounts();
        byte[][] signatures = new byte[messages][];
        Crew.run(SIGNING_AT_ONCE, member -> {
            Letter letter = new Letter(bed.prose());
            for (int i = member; i < messages; i += SIGNING_AT_ONCE) {
                signatures[i] = ground.domain.signatures(letter.write(round.id(i), round.to(i, accounts).getFirst(), SizeMix.of(i)));
            }
        });
        return signatures;
    }
}
