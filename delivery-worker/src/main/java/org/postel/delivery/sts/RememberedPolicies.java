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
import org.jboss.logging.Logger;
import org.postel.delivery.relay.DomainPolicies;
import org.postel.delivery.relay.MailExchangers;
import org.postel.delivery.relay.MailExchangers.Answer;
import org.postel.delivery.relay.StsPolicy;

/** Policies, fetched when a domain is first written to or says that there is another one, and remembered as long as they count. */
public final class RememberedPolicies implements DomainPolicies {

    private static final Logger LOG = Logger.getLogger(RememberedPolicies.class);
    private static final int MOST = 10_000;
    /** RFC 8461 §3.3: not more often after a failure. */
    private static final Duration PAUSE = Duration.ofMinutes(5);
    /** Fetched again that old, long before it ends: RFC 8461 §10.2. */
    private static final Duration FRESH = Duration.ofDays(1);

    private final MailExchangers dns;
    private final PolicyHosts hosts;
    private final Clock clock;
    private final Cache<String, Held> held = Caffeine.newBuilder().maximumSize(MOST).build();
    private final Cache<String, Instant> failed = Caffeine.newBuilder().maximumSize(MOST).build();
    private final ConcurrentMap<String, CompletableFuture<Optional<Held>>> underWay = new ConcurrentHashMap<>();

    private record Held(String id, StsPolicy policy, Instant since) {

        private boolean counts(Instant now) {
            return now.isBefore(since.plus(policy.maxAge()));
        }

        private boolean old(Instant now) {
            Duration half = policy.maxAge().dividedBy(2);
            return !now.isBefore(since.plus(half.compareTo(FRESH) < 0 ? half : FRESH));
        }
    }

    /** Contacts nobody yet. */
    public RememberedPolicies(MailExchangers dns, PolicyHosts hosts, Clock clock) {
        this.dns = dns;
        this.hosts = hosts;
        this.clock = clock;
    }

    @Override
    public StsPolicy of(String domain) throws InterruptedException {
        Optional<Held> known = Optional.ofNullable(held.getIfPresent(domain)).filter(some -> some.counts(clock.instant()));
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

    /** The fetch that is under way, or a new one unless one failed lately. */
    private CompletableFuture<Optional<Held>> fetched(String domain, String id) {
        Instant failure = failed.getIfPresent(domain);
        if (failure != null && clock.instant().isBefore(failure.plus(PAUSE))) {
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
            Optional<Held> policy = PolicyText.read(hosts.policyOf(domain)).map(read -> new Held(id, read, clock.instant()));
            if (policy.isPresent()) {
                held.put(domain, policy.get());
                return policy;
            }
            LOG.infof("the MTA-STS policy of %s is not one", domain);
        } catch (IOException | IllegalArgumentException e) {
            LOG.infof("the MTA-STS policy of %s cannot be fetched: %s", domain, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        failed.put(domain, clock.instant());
        return Optional.empty();
    }

    private static Optional<Held> await(CompletableFuture<Optional<Held>> fetch) throws InterruptedException {
        try {
            return fetch.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
