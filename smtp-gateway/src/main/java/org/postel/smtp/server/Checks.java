package org.postel.smtp.server;

import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postel.smtp.command.ClientRules;
import org.postel.smtp.command.ContentRules;
import org.postel.smtp.command.Greylist;
import org.postel.smtp.command.Inspector;
import org.postel.smtp.command.Strangers;
import org.postel.smtp.filter.Blocklists;
import org.postel.smtp.filter.Clamd;
import org.postel.smtp.filter.Greylisting;
import org.postel.smtp.filter.ListedClients;
import org.postel.smtp.filter.ListedInspector;
import org.postel.smtp.filter.OnFailure;
import org.postel.smtp.filter.OwnFields;
import org.postel.smtp.filter.Rspamd;
import org.postel.smtp.filter.Scanner;
import org.postel.smtp.filter.ScanningInspector;
import org.postel.trust.dns.Dns;

/**
 * What clients and mail must pass, as it is configured.
 *
 * @param strangers whom it is for
 * @param clients   asked at RCPT
 * @param inspector looks at the content
 * @param ownFields names of the fields that tell what was found, in lower case: nobody else may write them
 */
record Checks(Strangers strangers, ClientRules clients, Inspector inspector, Set<String> ownFields) {

    /**
     * Contacts nobody yet.
     *
     * @param greylist    asked where greylisting is on
     * @param headerLimit most octets of a header
     * @throws IllegalArgumentException naming the first property that makes no sense
     */
    static Checks of(TrustConfig trust, FilterConfig filter, Greylist greylist, String hostname, int headerLimit, Clock clock) throws IOException {
        Dns dns = Inspectors.dns(trust);
        Strangers strangers = new Strangers(filter.spared().orElse(List.of()), trust.checkLoopback());
        Checks judged = new Checks(strangers, ClientRules.ANYBODY, Inspectors.of(trust, dns, hostname, headerLimit, clock), Set.of());
        return judged.with(filter.dnsbl(), dns).with(filter.greylist(), greylist).with(filter.rspamd()).with(filter.clamd());
    }

    private Checks with(FilterConfig.Greylisting config, Greylist greylist) {
        // As mailbox-service will have it: said at start rather than with each mail, which would then come in.
        require(!config.delay().isNegative() && config.window().compareTo(config.delay()) > 0 && config.memory().compareTo(config.window()) >= 0
            && config.memory().toDays() <= 400, "greylist must have delay < window <= memory <= 400d");
        require(config.networksAfter() >= 0 && config.networksAfter() <= 1000, "greylist.networks-after must be from 0 to 1000");
        require(config.timeLimit().isPositive(), "greylist.time-limit must be more than nothing");
        return config.enabled() ? new Checks(strangers, clients, new Greylisting(inspector, strangers, greylist, config.spare().orElse(Set.of())), ownFields) : this;
    }

    private Checks with(FilterConfig.Dnsbl config, Dns dns) {
        if (config.zones().isEmpty()) {
            return this;
        }
        require(config.timeLimit().isPositive(), "dnsbl.time-limit must be more than nothing");
        Blocklists lists = new Blocklists(config.zones().get(), dns, config.timeLimit());
        return new Checks(strangers, new ListedClients(lists, config.rejectAt().orElse(Integer.MAX_VALUE)),
            new ListedInspector(inspector, strangers, lists, config.junkAt().orElse(Integer.MAX_VALUE)), ownFields)
            .telling(Set.of(ListedInspector.FIELD.toLowerCase(Locale.ROOT)));
    }

    private Checks with(FilterConfig.Rspamd config) {
        require(config.timeLimit().isPositive(), "rspamd.time-limit must be more than nothing");
        return config.address().map(address -> scanned(new Rspamd(address, config.timeLimit()), config.maxSize(), config.onFailure()).telling(Rspamd.FIELDS))
            .orElse(this);
    }

    private Checks with(FilterConfig.Clamd config) {
        require(config.timeLimit().isPositive(), "clamd.time-limit must be more than nothing");
        return config.address().map(address -> scanned(new Clamd(address, config.timeLimit(), config.infected()), config.maxSize(), config.onFailure())
            .telling(Set.of(Clamd.FIELD.toLowerCase(Locale.ROOT)))).orElse(this);
    }

    private Checks scanned(Scanner scanner, MemorySize most, OnFailure onFailure) {
        return new Checks(strangers, clients, new ScanningInspector(inspector, scanner, most.asLongValue(), onFailure), ownFields);
    }

    private Checks telling(Set<String> fields) {
        Set<String> all = new HashSet<>(ownFields);
        all.addAll(fields);
        return new Checks(strangers, clients, inspector, Set.copyOf(all));
    }

    /** Rules of content that also keep what others wrote in our name out. */
    ContentRules rules(ContentRules others) {
        return new OwnFields(others, ownFields);
    }

    private static void require(boolean sane, String message) {
        if (!sane) {
            throw new IllegalArgumentException("postel.smtp.filter." + message);
        }
    }
}
