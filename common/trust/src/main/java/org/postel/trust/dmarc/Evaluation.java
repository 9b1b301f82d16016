package org.postel.trust.dmarc;

import java.util.List;
import java.util.Optional;
import org.postel.trust.dns.Dns;
import org.postel.trust.dns.DnsTroubleException;
import org.postel.trust.dns.KnownTexts;
import org.postel.trust.message.Field;

/** Judges one mail: RFC 9989 §5.3. */
final class Evaluation {

    private final Dns dns;
    private final TreeWalk walk;

    Evaluation(KnownTexts<Optional<DmarcRecord>> known, Dns dns) {
        this.dns = dns;
        this.walk = new TreeWalk(known, dns);
    }

    DmarcResult check(List<Field> header, Voucher passed, Voucher open) {
        Optional<String> author = Author.domain(header);
        if (author.isEmpty()) {
            // RFC 5322 §3.6 wants just one From; what has none or two is made to be read in two ways. Nobody's policy covers it,
            // so it is treated as the strictest would.
            return new DmarcResult(DmarcVerdict.FAIL, author, Policy.REJECT, Policy.REJECT);
        }
        try {
            return check(author.get(), passed, open);
        } catch (DnsTroubleException e) {
            return temporary(author.get());
        }
    }

    private DmarcResult check(String author, Voucher passed, Voucher open) throws DnsTroubleException {
        Optional<TreeWalk.Found> found = published(author);
        if (found.isEmpty()) {
            return DmarcResult.none(author);
        }
        DmarcRecord record = found.get().record();
        Policy policy = found.get().domain().equals(author) ? record.policy() : forSubdomain(record, author);
        if (vouches(author, record, passed)) {
            return new DmarcResult(DmarcVerdict.PASS, Optional.of(author), policy, Policy.NONE);
        }
        // RFC 7489 §6.6.2: what may still turn out to be a pass is not to be refused for good.
        if (vouches(author, record, open)) {
            return temporary(author);
        }
        return new DmarcResult(DmarcVerdict.FAIL, Optional.of(author), policy, record.testing() ? Policy.NONE : policy);
    }

    // RFC 9989 §4.10.1: the author's own, else the organization's, else the public suffix's.
    private Optional<TreeWalk.Found> published(String author) throws DnsTroubleException {
        Optional<DmarcRecord> own = walk.at(author);
        if (own.isPresent()) {
            return own.map(record -> new TreeWalk.Found(author, record));
        }
        List<TreeWalk.Found> found = walk.from(author);
        String organization = walk.organization(author);
        return found.stream().filter(each -> each.domain().equals(organization)).findFirst()
            .or(() -> found.stream().filter(each -> each.record().suffix() == DmarcRecord.Suffix.YES).findFirst());
    }

    // RFC 9989 §4.7: np is for names without address and exchanger.
    private Policy forSubdomain(DmarcRecord record, String author) throws DnsTroubleException {
        if (record.nonexistent() == record.subdomains()) {
            return record.subdomains();
        }
        boolean exists = !dns.addresses(author, Dns.Family.IP4).isEmpty() || !dns.addresses(author, Dns.Family.IP6).isEmpty()
            || !dns.exchangers(author).isEmpty();
        return exists ? record.subdomains() : record.nonexistent();
    }

    private static DmarcResult temporary(String author) {
        return new DmarcResult(DmarcVerdict.TEMPERROR, Optional.of(author), Policy.NONE, Policy.NONE);
    }

    private boolean vouches(String author, DmarcRecord record, Voucher by) throws DnsTroubleException {
        // Equal names need no walk, so they are compared first.
        if (by.signed().contains(author) || by.sent().equals(Optional.of(author))) {
            return true;
        }
        if (!record.strictDkim()) {
            for (String domain : by.signed()) {
                if (sameOrganization(author, domain)) {
                    return true;
                }
            }
        }
        return !record.strictSpf() && by.sent().isPresent() && sameOrganization(author, by.sent().get());
    }

    private boolean sameOrganization(String author, String domain) throws DnsTroubleException {
        return walk.organization(author).equals(walk.organization(domain));
    }
}
