package org.postel.mailbox.console;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.desk.OwnDomains;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.directory.LocalDomain;
import org.postel.mailbox.dkim.DkimKeys;
import org.postel.mailbox.page.Answer;
import org.postel.mailbox.sending.Limits;
import org.postel.mailbox.sending.OwnLimits;
import org.postel.mailbox.zone.Finding;
import org.postel.mailbox.zone.ZoneCheck;
import org.postel.mailbox.zone.ZoneRecord;
import org.postel.mailbox.zone.Zones;

/** Domains, and the records that each publishes. */
final class DomainPages {

    private static final String PATH = "/admin/domains";
    private static final String ONE = "/admin/domain";
    private static final String NAME = "name";
    private static final String SEEN = ReachedAccounts.SEEN;
    private static final String BACK = Paths.with(ONE, NAME, "") + "*";

    private final Desk desk;
    private final Administration administration;
    private final DkimKeys keys;
    private final Zones zones;
    private final ZoneCheck check;
    private final Limits sending;
    private final Template list;
    private final Template one;

    /** @param sending what all accounts of a domain together may send that has no limits of its own */
    DomainPages(Desk desk, Administration administration, DkimKeys keys, Zones zones, ZoneCheck check, Limits sending) {
        this.desk = desk;
        this.administration = administration;
        this.keys = keys;
        this.zones = zones;
        this.check = check;
        this.sending = sending;
        this.list = desk.template("admin-domains.html");
        this.one = desk.template("admin-domain.html");
    }

    void on(Router router) {
        desk.get(router, PATH, Scope.DOMAINS_READ, guest -> desk.page(guest, list, data(guest, "")));
        desk.get(router, ONE, Scope.DOMAINS_READ, this::show);
        desk.post(router, PATH + "/add", new Desk.Deed(Scope.DOMAINS_WRITE, "domain.add", NAME, List.of(), PATH), guest -> {
            everywhere(guest);
            LocalDomain added = administration.addDomain(guest.field(NAME));
            keys.of(added.name());
            return new Answer.GoTo(Paths.domain(added.name()), "admDone");
        }, (guest, wrong) -> desk.again(guest, list, data(guest, wrong)));
        desk.post(router, PATH + "/remove", new Desk.Deed(Scope.DOMAINS_WRITE, "domain.remove", NAME, List.of(), BACK), guest -> {
            everywhere(guest);
            administration.removeDomain(guest.field(NAME));
            keys.forget(guest.field(NAME));
            return new Answer.GoTo(PATH, "admDone");
        });
        desk.post(router, ONE + "/sending", new Desk.Deed(Scope.DOMAINS_WRITE, "domain.sending", NAME, SendingForm.NAMES, BACK), this::limit);
    }

    /** A domain as the list shows it. */
    public record Row(String name, String path, String postmaster) {}

    /** A record as the page shows it; {@code state} is the name of a text, empty: DNS was not asked. */
    public record Shown(String name, String type, String value, String state, String found) {}

    /** @param wrong what is wrong with the form that was sent, the name of a text; empty: nothing is */
    private Map<String, Object> data(Desk.Guest guest, String wrong) {
        List<Row> rows = administration.domains().stream().filter(domain -> guest.authority().over(domain.name()))
                .map(domain -> new Row(domain.name(), Paths.domain(domain.name()), domain.postmaster().orElse(""))).toList();
        return Map.of("given", guest.field(NAME), "wrong", wrong, "rows", rows, "everywhere", guest.authority().everywhere());
    }

    private Answer show(Desk.Guest guest) throws DirectoryException {
        String name = OwnDomains.canonical(guest.parameter(NAME));
        if (!guest.authority().over(name)) {
            throw OwnDomains.missing();
        }
        OwnLimits own = administration.domain(name).sending();
        boolean asked = guest.parameter("check").equals("yes");
        List<ZoneRecord> records = zones.of(name).orElseThrow(OwnDomains::missing);
        List<Shown> rows = asked ? check.check(records).stream().map(DomainPages::shown).toList()
                : records.stream().map(record -> new Shown(record.name(), record.type(), record.value(), "", "")).toList();
        return desk.page(guest, one, Map.of("domain", name, "rows", rows, "notes", zones.notes(name), "asked", asked,
                "checkPath", Paths.domain(name) + "&check=yes",
                "dkimPath", Paths.with(DkimPage.PATH, NAME, name), "everywhere", guest.authority().everywhere(),
                "sending", SendingForm.fields(own, sending), SEEN, SendingForm.seen(own)));
    }

    /** Limits are not for those whom they limit. */
    private Answer limit(Desk.Guest guest) throws DirectoryException {
        everywhere(guest);
        OwnLimits wanted = SendingForm.made(guest);
        LocalDomain limited = administration.limitSending(guest.field(NAME), before -> {
            if (!guest.field(SEEN).equals(SendingForm.seen(before.sending()))) {
                throw new DirectoryException(Fault.CHANGED, "it was changed meanwhile");
            }
            return wanted;
        });
        return new Answer.GoTo(Paths.domain(limited.name()), "admDone");
    }

    private static Shown shown(Finding finding) {
        String state = switch (finding.state().name().toLowerCase(Locale.ROOT)) {
            case "ok" -> "admDnsOk";
            case "missing" -> "admDnsMissing";
            case "different" -> "admDnsDifferent";
            case "unexpected" -> "admDnsUnexpected";
            default -> "admDnsNoAnswer";
        };
        return new Shown(finding.record().name(), finding.record().type(), finding.record().value(), state, String.join(" ", finding.found()));
    }

    private static void everywhere(Desk.Guest guest) throws DirectoryException {
        if (!guest.authority().everywhere()) {
            throw new DirectoryException(Fault.FORBIDDEN, "this is for those who administer all domains");
        }
    }
}
