package org.postel.trust;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.postel.trust.arc.ArcVerifier;
import org.postel.trust.dkim.DkimVerifier;
import org.postel.trust.dmarc.Dmarc;
import org.postel.trust.dns.Dns;
import org.postel.trust.dns.LimitedDns;
import org.postel.trust.message.Field;
import org.postel.trust.spf.Spf;

/** Checks mail from strangers. Blocks the thread that asks while DNS is asked: a virtual one. For any number of threads. */
public final class Judge {

    // More than any honest mail needs: SPF's ten terms, five keys, and a walk for each of their domains.
    private static final int MOST_QUESTIONS = 200;

    private final String authservId;
    private final Dns dns;
    private final Duration limit;
    private final Spf spf = new Spf();
    private final Optional<Dmarc> dmarc;
    private final DkimVerifier dkim;
    private final ArcVerifier arc;

    /**
     * @param authservId our name in Authentication-Results: RFC 8601 §2.5
     * @param limit      of waiting for DNS in each check of a mail, RFC 7208 §4.6.4 wants 20 s at least
     * @param withDmarc  whether the author's domain is asked too
     */
    public Judge(String authservId, Dns dns, Duration limit, boolean withDmarc, Clock clock) {
        this.authservId = authservId;
        this.dns = dns;
        this.limit = limit;
        this.dmarc = withDmarc ? Optional.of(new Dmarc()) : Optional.empty();
        this.dkim = new DkimVerifier(clock);
        this.arc = new ArcVerifier(clock);
    }

    /** Begins with the header as it came; the body follows. */
    public Judgement open(Sender sender, List<Field> header) {
        // Each check for itself, and keys are asked once for each of five signatures: else whoever has its own keys never answer leaves no time to ask what the author's domain wants.
        Supplier<Dns> allowances = () -> new LimitedDns(dns, limit, MOST_QUESTIONS);
        return new Judgement(authservId, spf, dmarc, allowances, sender, header, dkim.open(header, dns),
            arc.open(header, allowances.get()));
    }
}
