package org.postel.mailbox.zone;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postel.mailbox.dkim.DkimKeys;
import org.postel.mailbox.dkim.DomainKey;
import org.postel.mailbox.dkim.Keyring;

/** Says what a domain publishes. */
public final class Zones {

    private static final int PREFERENCE_STEP = 10;
    private final ZoneSettings settings;
    private final String stsPolicyId;
    private final DkimKeys keys;
    private final Clock clock;

    /** @param stsPolicyId of the policy that is served for each domain: RFC 8461 §3.1 */
    public Zones(ZoneSettings settings, String stsPolicyId, DkimKeys keys, Clock clock) {
        this.settings = settings;
        this.stsPolicyId = stsPolicyId;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The records of a domain.
     *
     * @param domain canonical
     * @return empty when it is none of ours
     */
    public Optional<List<ZoneRecord>> of(String domain) {
        return keys.of(domain).map(ring -> records(domain, ring));
    }

    /** What the records cannot say by themselves. */
    public List<String> notes(String domain) {
        List<String> notes = new ArrayList<>();
        notes.add("each of " + String.join(", ", settings.exchangers()) + " also needs A and AAAA records, and its address a PTR record that names it");
        keys.of(domain).ifPresent(ring -> ring.keys().forEach(key -> note(ring, key).ifPresent(notes::add)));
        return notes;
    }

    private Optional<String> note(Keyring ring, DomainKey key) {
        return switch (ring.state(key, clock.instant())) {
            case WAITING -> Optional.of(key.selector() + " is a new key: it signs some days after its record is found");
            case SIGNING -> Optional.empty();
            case RETIRED -> Optional.of(key.selector() + " is an old key: its record is needed until this line is gone");
        };
    }

    private List<ZoneRecord> records(String domain, Keyring ring) {
        List<ZoneRecord> records = new ArrayList<>();
        for (int i = 0; i < settings.exchangers().size(); i++) {
            records.add(new ZoneRecord(domain, "MX", (i + 1) * PREFERENCE_STEP + " " + settings.exchangers().get(i) + "."));
        }
        records.add(ZoneRecord.text(domain, settings.spf()));
        if (settings.host().endsWith("." + domain)) {
            // RFC 7208 §2.4: of a notification, which has no sender, the name in EHLO is checked.
            records.add(ZoneRecord.text(settings.host(), "v=spf1 a -all"));
        }
        ring.keys().forEach(key -> records.add(ZoneRecord.text(key.recordName(), key.record())));
        records.add(ZoneRecord.text("_dmarc." + domain, settings.dmarc().replace("{domain}", domain)));
        // RFC 8461 §8.3: a policy of the mode none has an id too, by which others learn that there is none any more.
        records.add(ZoneRecord.text("_mta-sts." + domain, "v=STSv1; id=" + stsPolicyId));
        records.add(alias("mta-sts." + domain));
        records.add(ZoneRecord.text("_smtp._tls." + domain, settings.tlsReports().replace("{domain}", domain)));
        List.of(ClientService.values()).forEach(service -> records.add(service.record(domain, settings.clientHost())));
        records.add(alias("autoconfig." + domain));
        records.add(alias("autodiscover." + domain));
        records.add(new ZoneRecord("_autodiscover._tcp." + domain, "SRV", "0 1 443 " + settings.clientHost() + "."));
        return records;
    }

    private ZoneRecord alias(String name) {
        return new ZoneRecord(name, "CNAME", settings.clientHost() + ".");
    }
}
