package org.postel.delivery.sts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.postel.delivery.relay.DomainPolicies;
import org.postel.delivery.relay.MailExchangers;
import org.postel.delivery.relay.MailExchangers.Answer;
import org.postel.delivery.relay.StsPolicy;

/**
 * Policies, fetched when a domain is first written to or says that there is another one, and remembered as long as they count: the last
 * ones in memory, all by {@link KeptPolicies}. While those cannot be asked, what DNS and the policy host say counts alone.
 */
public final class RememberedPolicies implements DomainPolicies {

    private static final Logger LOG = Logger.getLogger(RememberedPolicies.class);
    /** Domains. */
    private static final int MOST = 10_000;
    /** Octets of memory for policies, as {@link Held#weight} reckons them. */
    private static final int MOST_WEIGHT = 8 << 20;
    /** RFC 8461 §3.3: not more often after a failure. */
    private static final Duration PAUSE = Duration.ofMinutes(5);
    /** As long nobody is asked for kept policies once that was in vain: each message would wait for it. */
    private static final Duration OUTAGE = Duration.ofSeconds(5);
    /** Fetched again that old, long before it ends: RFC 8461 §10.2. */
    private static final Duration FRESH = Duration.ofDays(1);

    private final MailExchangers dns;
    private final PolicyHosts hosts;
    private final KeptPolicies kept;
    private final Clock clock;
    private final Cache<String, Held> held =
            Caffeine.newBuilder().maximumWeight(MOST_WEIGHT).weigher((String domain, Held policy) -> policy.weight()).build();
    private final Lately failed = new Lately();
    private final Lately unknown = new Lately();
    private final ConcurrentMap<String, CompletableFuture<Optional<Held>>> underWay = new ConcurrentHashMap<>();
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile Instant askedAgain = Instant.MIN;

    private record Held(String id, StsPolicy policy, Instant since) {

        private static final int WEIGHT = 512;
        private static final int WEIGHT_OF_PATTERN = 64;

        private static Optional<Held> of(String id, String text, Instant since) {
            return PolicyText.read(text).map(policy -> new Held(id, policy, since));
        }

        private Instant ends() {
            return since.plus(policy.maxAge());
        }

        private boolean counts(Instant now) {
            return now.isBefore(ends());
        }

        private boolean old(Instant now) {
            Duration half = policy.maxAge().dividedBy(2);
            return !now.isBefore(since.plus(half.compareTo(FRESH) < 0 ? half : FRESH));
        }

        private int weight() {
            return WEIGHT + policy.patterns().stream().mapToInt(pattern -> WEIGHT_OF_PATTERN + pattern.length()).sum();
        }
    }

    /** Domains where something was in vain, for five minutes each. */
    private final class Lately {
        private final Cache<String, Instant> domains = Caffeine.newBuilder().maximumSize(MOST).build();

        private void add(String domain) {
            domains.put(domain, clock.instant());
        }

        private void remove(String domain) {
            domains.invalidate(domain);
        }

        private boolean has(String domain) {
            Instant since = domains.getIfPresent(domain);
            return since != null && clock.instant().isBefore(since.plus(PAUSE));
        }
    }

    /** Contacts nobody yet. */
    public RememberedPolicies(MailExchangers dns, PolicyHosts hosts, KeptPolicies kept, Clock clock) {
        this.dns = dns;
        this.hosts = hosts;
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public StsPolicy of(String domain) throws InterruptedException {
        Optional<Held> known = known(domain);
        Optional<PolicyRecord> record = switch (dns.texts("_mta-sts." + domain)) {
            case Answer.Records<String>(List<String> texts, boolean secure) -> PolicyRecord.of(texts);
            // RFC 8461 §5.1: a record that is gone, or kept from us, ends no policy.
            case Answer.NoRecords<String>(), Answer.NoName<String>() -> Optional.empty();
            case Answer.Unknown<String> ignored -> Optional.empty();
        };
        if (record.isEmpty()) {
            return known.map(Held::policy).orElse(StsPolicy.NONE);
        }
        String id = record.get().id();
        if (known.isPresent() && known.get().id().equals(id)) {
            if (known.get().old(clock.instant())) {
                fetched(domain, id);
            }
            return known.get().policy();
        }
        return await(fetched(domain, id)).or(() -> known).map(Held::policy).orElse(StsPolicy.NONE);
    }

    /** What still counts, in memory or else as it is kept. */
    private Optional<Held> known(String domain) {
        Optional<Held> here = Optional.ofNullable(held.getIfPresent(domain)).filter(some -> some.counts(clock.instant()));
        return here.isPresent() || unknown.has(domain) || clock.instant().isBefore(askedAgain) ? here : recalled(domain);
    }

    private Optional<Held> recalled(String domain) {
        try {
            Optional<Held> policy = kept.of(domain).flatMap(some -> Held.of(some.id(), some.text(), some.fetched()))
                    .filter(some -> some.counts(clock.instant()));
            told.set(false);
            policy.ifPresentOrElse(some -> held.put(domain, some), () -> unknown.add(domain));
            return policy;
        } catch (IOException e) {
            askedAgain = clock.instant().plus(OUTAGE);
            tell(domain, e);
            return Optional.empty();
        }
    }

    /** An outage lasts: it is told once. */
    private void tell(String domain, IOException failure) {
        if (!told.getAndSet(true)) {
            LOG.warnf("MTA-STS policies that are kept cannot be asked for, as that of %s: %s", domain, failure.getMessage());
        }
    }

    /** The fetch that is under way, or a new one unless one failed lately. */
    private CompletableFuture<Optional<Held>> fetched(String domain, String id) {
        if (failed.has(domain)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        CompletableFuture<Optional<Held>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<Held>> first = underWay.putIfAbsent(domain, mine);
        if (first != null) {
            return first;
        }
        Thread.ofVirtual().name("mta-sts").start(() -> {
            Optional<Held> policy = Optional.empty();
            try {
                policy = fetch(domain, id);
            } finally {
                underWay.remove(domain);
                mine.complete(policy);
            }
        });
        return mine;
    }

    private Optional<Held> fetch(String domain, String id) {
        try {
            String text = hosts.policyOf(domain);
            Optional<Held> policy = Held.of(id, text, clock.instant());
            if (policy.isPresent()) {
                keep(domain, text, policy.get());
                held.put(domain, policy.get());
                return policy;
            }
            LOG.infof("the MTA-STS policy of %s is not one", domain);
        } catch (IOException | IllegalArgumentException e) {
            LOG.infof("the MTA-STS policy of %s cannot be fetched: %s", domain, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        failed.add(domain);
        return Optional.empty();
    }

    private void keep(String domain, String text, Held policy) {
        unknown.remove(domain);
        try {
            kept.keep(domain, new KeptPolicy(policy.id(), text, policy.since(), policy.ends()));
        } catch (IOException e) {
            LOG.warnf("the MTA-STS policy of %s is known to this process only: %s", domain, e.getMessage());
        }
    }

    private static Optional<Held> await(CompletableFuture<Optional<Held>> fetch) throws InterruptedException {
        try {
            return fetch.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
