package org.postel.mailbox.console;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.desk.OwnDomains;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.dkim.DkimKeys;
import org.postel.mailbox.dkim.DomainKey;
import org.postel.mailbox.dkim.KeyRotation;
import org.postel.mailbox.dkim.Keyring;
import org.postel.mailbox.page.Answer;

/** The keys that sign for a domain (RFC 6376): which there are, and their change. */
final class DkimPage {

    static final String PATH = "/admin/domain/dkim";
    private static final String NAME = "name";
    private static final String BACK = Paths.with(PATH, NAME, "") + "*";

    private final Desk desk;
    private final DkimKeys keys;
    private final KeyRotation rotation;
    private final Clock clock;
    private final Template page;

    DkimPage(Desk desk, DkimKeys keys, KeyRotation rotation, Clock clock) {
        this.desk = desk;
        this.keys = keys;
        this.rotation = rotation;
        this.clock = clock;
        this.page = desk.template("admin-dkim.html");
    }

    void on(Router router) {
        desk.get(router, PATH, Scope.DOMAINS_READ, this::show);
        desk.post(router, PATH + "/rotate", new Desk.Deed(Scope.DOMAINS_WRITE, "dkim.rotate", NAME, List.of("now"), BACK), guest -> {
            String domain = reached(guest, guest.field(NAME));
            rotation.rotate(domain, guest.visit().ticked("now")).orElseThrow(OwnDomains::missing);
            return done(domain);
        });
        desk.post(router, PATH + "/remove", new Desk.Deed(Scope.DOMAINS_WRITE, "dkim.remove", NAME, List.of("selector"), BACK), guest -> {
            String domain = reached(guest, guest.field(NAME));
            if (!rotation.remove(domain, guest.field("selector"))) {
                throw new DirectoryException(Fault.IN_USE, "no such key that does not sign");
            }
            return done(domain);
        });
    }

    /** A key as the page shows it; {@code state} is the name of a text, {@code from} is empty while it waits. */
    public record Row(String selector, String algorithm, String state, String created, String from, boolean signs) {}

    private Answer show(Desk.Guest guest) throws DirectoryException {
        String domain = reached(guest, guest.parameter(NAME));
        Keyring ring = keys.of(domain).orElseThrow(OwnDomains::missing);
        Instant now = clock.instant();
        return desk.page(guest, page, Map.of("domain", domain, "domainPath", Paths.domain(domain),
                "rows", ring.keys().stream().map(key -> row(key, ring.state(key, now))).toList()));
    }

    private static Row row(DomainKey key, Keyring.State state) {
        String text = switch (state) {
            case WAITING -> "admKeyWaiting";
            case SIGNING -> "admKeySigning";
            case RETIRED -> "admKeyRetired";
        };
        return new Row(key.selector(), key.algorithm().tag(), text, key.createdAt().toString(), key.signsFrom().map(Instant::toString).orElse(""),
                state == Keyring.State.SIGNING);
    }

    private static String reached(Desk.Guest guest, String name) throws DirectoryException {
        String domain = OwnDomains.canonical(name);
        if (!guest.authority().over(domain)) {
            throw OwnDomains.missing();
        }
        return domain;
    }

    private static Answer done(String domain) {
        return new Answer.GoTo(Paths.with(PATH, NAME, domain), "admDone");
    }
}
