package org.postel.mailbox.console;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.postel.mailbox.audit.Act;
import org.postel.mailbox.audit.AuditLog;
import org.postel.mailbox.authority.Administrators;
import org.postel.mailbox.authority.Authority;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.page.Answer;
import org.postel.mailbox.page.Site;
import org.postel.mailbox.page.Visit;
import org.postel.mailbox.storage.StoreException;

/** The way to a page of the console: who asks must administer something, and what is changed is written down before. */
final class Desk {

    private static final Logger LOG = Logger.getLogger(Desk.class);
    private static final List<Tab> TABS = List.of(new Tab("/admin", "admDashboard"), new Tab("/admin/domains", "admDomains"),
            new Tab("/admin/accounts", "admAccounts"), new Tab("/admin/aliases", "admAliases"), new Tab("/admin/queue", "admQueue"),
            new Tab("/admin/dead", "admDead"), new Tab("/admin/audit", "admAudit"), new Tab(TokensPage.PATH, "admTokens"));

    private final Site site;
    private final Administrators administrators;
    private final AuditLog log;

    Desk(Site site, Administrators administrators, AuditLog log) {
        this.site = site;
        this.administrators = administrators;
        this.log = log;
    }

    private record Tab(String path, String text) {}

    /** A link to a page of the console. */
    public record Link(String path, String text, boolean current) {}

    /** Somebody who administers something, at a page. */
    record Guest(Visit visit, Authority authority) {

        String field(String name) {
            return visit.field(name).strip();
        }

        String parameter(String name) {
            return visit.parameter(name).strip();
        }
    }

    /** Makes the answer to an administrator. */
    @FunctionalInterface
    interface Page {
        Answer of(Guest guest) throws DirectoryException;
    }

    /** Shows a form again as it was filled in, with what is wrong. */
    @FunctionalInterface
    interface Again {
        /** @param wrong the name of a text */
        Answer of(Guest guest, String wrong) throws DirectoryException;
    }

    /**
     * What a form of the console does.
     *
     * @param scope  that its sender needs
     * @param name   what the audit log calls it
     * @param on     the field that says what it is about
     * @param kept   fields whose values are kept: never one of a password
     * @param back   where its sender is led when it cannot be done, {@code *} standing for what it is about
     */
    record Deed(Scope scope, String name, String on, List<String> kept, String back) {}

    Administrators administrators() {
        return administrators;
    }

    Template template(String name) {
        return site.template(name);
    }

    void get(Router router, String path, Scope scope, Page page) {
        site.get(router, path, visit -> page.of(guest(visit, scope)));
    }

    /** A form that changes nothing. */
    void ask(Router router, String path, Scope scope, Page page) {
        site.post(router, path, visit -> page.of(guest(visit, scope)));
    }

    /** A form of which nothing would be lost: whoever sent it is led back. */
    void post(Router router, String path, Deed deed, Page page) {
        post(router, path, deed, page, (guest, wrong) -> new Answer.GoTo(deed.back().replace("*", Paths.encoded(guest.field(deed.on()))), wrong));
    }

    void post(Router router, String path, Deed deed, Page page, Again again) {
        site.post(router, path, visit -> done(guest(visit, deed.scope()), deed, page, again));
    }

    /** A page of the console, with the way to the others. */
    Answer page(Guest guest, Template template, Map<String, Object> data) {
        return Answer.page(template, framed(guest, data));
    }

    /** As {@link #page}, with a form that cannot be done as it stands. */
    Answer again(Guest guest, Template template, Map<String, Object> data) {
        return Answer.again(template, framed(guest, data));
    }

    private static Map<String, Object> framed(Guest guest, Map<String, Object> data) {
        Map<String, Object> all = new HashMap<>(data);
        String path = guest.visit().request().normalizedPath();
        all.put("tabs", TABS.stream().filter(tab -> !tab.path().equals(TokensPage.PATH) || guest.authority().may(Scope.ADMINISTRATORS)).map(tab -> new Link(tab.path(), guest.visit().texts().get(tab.text()), tab.path().equals(path) || path.startsWith(tab.path() + "/") && tab != TABS.getFirst())).toList());
        return all;
    }

    /** Whoever administers nothing is not told that there is something to administer. */
    private Guest guest(Visit visit, Scope scope) throws DirectoryException {
        Authority authority = administrators.authority(visit.account().id()).filter(found -> found.may(scope))
                .orElseThrow(() -> new DirectoryException(Fault.MISSING, "no such page"));
        return new Guest(visit, authority);
    }

    private Answer done(Guest guest, Deed deed, Page page, Again again) throws DirectoryException {
        String on = guest.field(deed.on());
        UUID entry = log.begin(new Act(guest.authority().name(), guest.visit().client().address(), deed.name(), on, deed.kept().stream()
                .map(field -> field + "=" + String.join(",", guest.visit().fields(field))).collect(Collectors.joining(" "))));
        try {
            Answer answer = page.of(guest);
            end(entry, "done");
            return answer;
        } catch (DirectoryException e) {
            end(entry, e.fault() + " " + e.getMessage());
            return again.of(guest, said(e.fault()).orElseThrow(() -> e));
        } catch (RuntimeException e) {
            end(entry, "failed");
            throw e;
        }
    }

    /** What a form's sender is told; of what is not there, the page of trouble tells. */
    private static Optional<String> said(Fault fault) {
        return switch (fault) {
            case INVALID -> Optional.of("admInvalid");
            case TAKEN -> Optional.of("admTaken");
            case IN_USE -> Optional.of("admInUse");
            case FORBIDDEN -> Optional.of("admForbidden");
            case CHANGED -> Optional.of("admChanged");
            case MISSING -> Optional.empty();
        };
    }

    private void end(UUID entry, String outcome) {
        try {
            log.end(entry, outcome);
        } catch (StoreException e) {
            LOG.warnf("the outcome of %s is not in the audit log: %s", entry, e.getMessage());
        }
    }
}
