package org.postel.mailbox.dkim;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Changes keys when they are old, or when an operator wants it. */
public final class KeyRotation {

    private static final Logger LOG = Logger.getLogger(KeyRotation.class);

    private final DkimKeys keys;
    private final Supplier<List<String>> domains;
    private final PublishedTexts dns;
    private final DkimSettings settings;
    private final Clock clock;

    /** @param domains ours, by canonical name */
    public KeyRotation(DkimKeys keys, Supplier<List<String>> domains, PublishedTexts dns, DkimSettings settings, Clock clock) {
        this.keys = keys;
        this.domains = domains;
        this.dns = dns;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Looks after all domains once.
     *
     * @param goOn whether this instance is still the one that does
     */
    public void pass(BooleanSupplier goOn) {
        for (String domain : domains.get()) {
            if (!goOn.getAsBoolean()) {
                return;
            }
            keys.of(domain).ifPresent(ring -> look(domain, ring));
        }
    }

    /**
     * Makes new keys for a domain; they sign once their records have been shown for a while.
     *
     * @param atOnce whether they sign from now on, such as when an old key is in wrong hands
     * @return empty when the domain is none of ours
     */
    public Optional<Keyring> rotate(String domain, boolean atOnce) {
        return keys.of(domain).map(before -> {
            Keyring prepared = keys.prepare(domain);
            return atOnce ? keys.begin(domain) : prepared;
        });
    }

    /**
     * Forgets a key before its time, such as one in wrong hands once others sign.
     *
     * @return false when there is no such key, or it signs
     */
    public boolean remove(String domain, String selector) {
        List<DomainKey> idle = keys.of(domain).stream().flatMap(ring -> ring.keys().stream()
                .filter(key -> key.selector().equals(selector) && ring.state(key, clock.instant()) != Keyring.State.SIGNING)).toList();
        keys.remove(domain, idle);
        return !idle.isEmpty();
    }

    private void look(String domain, Keyring ring) {
        Instant now = clock.instant();
        keys.remove(domain, ring.obsolete(now, settings.kept()));
        if (!ring.waiting().isEmpty()) {
            beginWhenKnown(domain, ring.waiting(), now);
        } else if (!settings.rotateAfter().isZero() && ring.newest().filter(made -> !made.plus(settings.rotateAfter()).isAfter(now)).isPresent()) {
            keys.prepare(domain);
            LOG.infof("%s has new DKIM keys, whose records are to be published; they sign in %s at the earliest", domain, settings.lead());
        }
    }

    /** A key whose record nobody finds would make every mail look forged; so the old ones go on as long as that takes. */
    private void beginWhenKnown(String domain, List<DomainKey> waiting, Instant now) {
        if (waiting.stream().anyMatch(key -> key.createdAt().plus(settings.lead()).isAfter(now))) {
            return;
        }
        List<String> missing = settings.checkDns()
                ? waiting.stream().filter(key -> !dns.has(key.recordName(), key.record())).map(DomainKey::recordName).toList()
                : List.of();
        if (missing.isEmpty()) {
            keys.begin(domain);
            LOG.infof("%s signs with its new DKIM keys", domain);
        } else {
            LOG.warnf("the new DKIM keys of %s wait: DNS has not their records %s", domain, missing);
        }
    }
}
