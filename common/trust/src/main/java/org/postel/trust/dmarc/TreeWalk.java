package org.postel.trust.dmarc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postel.trust.dns.Dns;
import org.postel.trust.dns.DnsTroubleException;
import org.postel.trust.dns.KnownTexts;

/** Looks for records at a domain and above it: RFC 9989 §4.10. Asks for no name twice. For one mail. */
final class TreeWalk {

    private static final int MOST_QUERIES = 8;

    /** A record, and the domain that publishes it. */
    record Found(String domain, DmarcRecord record) {
    }

    private final KnownTexts<Optional<DmarcRecord>> known;
    private final Dns dns;
    private final Map<String, Optional<DmarcRecord>> asked = new HashMap<>();

    TreeWalk(KnownTexts<Optional<DmarcRecord>> known, Dns dns) {
        this.known = known;
        this.dns = dns;
    }

    /** The record of the domain itself. Several are none. */
    Optional<DmarcRecord> at(String domain) throws DnsTroubleException {
        Optional<DmarcRecord> record = asked.get(domain);
        if (record == null) {
            record = only(dns.texts("_dmarc." + domain));
            asked.put(domain, record);
        }
        return record;
    }

    private Optional<DmarcRecord> only(List<String> texts) {
        Optional<DmarcRecord> only = Optional.empty();
        for (String text : texts) {
            Optional<DmarcRecord> record = DmarcRecord.isDmarc(text) ? known.of(text, DmarcRecord::parse) : Optional.empty();
            if (record.isPresent() && only.isPresent()) {
                return Optional.empty();
            }
            only = only.isPresent() ? only : record;
        }
        return only;
    }

    /** The records at the domain and above it, the longest name first, as far as one says that it is the end. */
    List<Found> from(String domain) throws DnsTroubleException {
        List<Found> found = new ArrayList<>();
        for (Optional<String> target = Optional.of(domain); target.isPresent(); target = above(target.get())) {
            Optional<DmarcRecord> record = at(target.get());
            if (record.isPresent()) {
                found.add(new Found(target.get(), record.get()));
                boolean start = target.get().equals(domain);
                if (record.get().suffix() == DmarcRecord.Suffix.NO || record.get().suffix() == DmarcRecord.Suffix.YES && !start) {
                    break;
                }
            }
        }
        return found;
    }

    // Steps 5 and 8: one label less, and of a long name so many that eight queries reach the top.
    private static Optional<String> above(String domain) {
        String[] labels = domain.split("\\.");
        int left = Math.min(labels.length - 1, MOST_QUERIES - 1);
        return left == 0 ? Optional.empty() : Optional.of(String.join(".", List.of(labels).subList(labels.length - left, labels.length)));
    }

    /** The domain that is responsible for a domain: RFC 9989 §4.10.2. */
    String organization(String domain) throws DnsTroubleException {
        List<Found> found = from(domain);
        for (Found each : found) {
            if (each.record().suffix() == DmarcRecord.Suffix.NO) {
                return each.domain();
            }
            if (each.record().suffix() == DmarcRecord.Suffix.YES && !each.domain().equals(domain)) {
                return below(each.domain(), domain);
            }
        }
        return found.isEmpty() ? domain : found.getLast().domain();
    }

    private static String below(String suffix, String domain) {
        String rest = domain.substring(0, domain.length() - suffix.length() - 1);
        return rest.substring(rest.lastIndexOf('.') + 1) + "." + suffix;
    }
}
