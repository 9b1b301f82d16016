package org.postel.mailbox.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.directory.CassandraDirectory;
import org.postel.mailbox.directory.LocalDomain;
import org.postel.mailbox.dkim.CassandraKeys;
import org.postel.mailbox.dkim.DkimKeys;
import org.postel.mailbox.dkim.KeyRotation;
import org.postel.mailbox.web.PolicySettings;
import org.postel.mailbox.zone.LiveDns;
import org.postel.mailbox.zone.ZoneCheck;
import org.postel.mailbox.zone.Zones;

/** What a domain of ours is to the world, put together: its keys and its records in DNS. */
record DomainParts(DkimKeys keys, KeyRotation rotation, Zones zones, ZoneCheck check) {

    static DomainParts over(Cql cql, DkimConfig dkim, DnsConfig dns, PolicySettings policy, String hostname, Clock clock) {
        CassandraDirectory directory = new CassandraDirectory(cql);
        DkimKeys keys = new DkimKeys(new CassandraKeys(cql), name -> directory.domain(name).isPresent(), clock);
        ZoneCheck check = new ZoneCheck(live(dns));
        KeyRotation rotation = new KeyRotation(keys, () -> directory.domains().stream().map(LocalDomain::name).toList(), check::hasText,
                dkim.settings(), clock);
        return new DomainParts(keys, rotation, new Zones(dns.settings(hostname), policy.id(), keys, clock), check);
    }

    private static LiveDns live(DnsConfig config) {
        try {
            return new LiveDns(config.server(), config.timeout());
        } catch (IOException e) {
            throw new UncheckedIOException("postel.mailbox.dns.resolver", e);
        }
    }
}
