package org.postel.mailbox.page;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.postel.mailbox.directory.AppPassword;
import org.postel.mailbox.directory.AppPasswords;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.identity.SessionProtocol;

/** Passwords for single programs: made, shown once, and taken away. */
final class AppPasswordsPage {

    private static final String PATH = "/account/app-passwords";

    private final Site site;
    private final AppPasswords apps;
    private final Template page;

    AppPasswordsPage(Site site, AppPasswords apps) {
        this.site = site;
        this.apps = apps;
        this.page = site.template("app-passwords.html");
    }

    void on(Router router) {
        site.get(router, PATH, visit -> Answer.page(page, data(visit, empty(), "")));
        site.post(router, PATH, this::add);
        site.post(router, PATH + "/revoke", this::revoke);
    }

    /**
     * One as the page shows it.
     *
     * @param used empty: never
     */
    public record Row(String id, String name, String protocols, String created, String used, String from) {}

    private static Form empty() {
        return protocols(new Form().with("name", ""), EnumSet.allOf(SessionProtocol.class));
    }

    /** @param ticked those whose boxes are */
    private static Form protocols(Form form, Set<SessionProtocol> ticked) {
        for (SessionProtocol protocol : SessionProtocol.values()) {
            form.with(protocol.claim(), ticked.contains(protocol) ? protocol.claim() : "");
        }
        return form.with("protocols", "");
    }

    /** @param made the text of one that was just made, or empty */
    private Map<String, Object> data(Visit visit, Form form, String made) {
        Map<String, Object> data = new HashMap<>(form.data());
        Words words = Words.of(visit);
        data.put("rows", apps.list(visit.account().id()).stream().map(listed -> row(listed, words)).toList());
        data.put("made", made);
        return data;
    }

    private static Row row(AppPassword.Listed listed, Words words) {
        AppPassword password = listed.password();
        String protocols = password.protocols().stream().sorted(Comparator.comparing(SessionProtocol::claim)).map(AppPasswordsPage::name)
                .collect(Collectors.joining(", "));
        return new Row(password.id(), password.name(), protocols, words.time(password.created()),
                listed.lastUse().map(use -> words.time(use.at())).orElse(""),
                listed.lastUse().map(use -> name(use.protocol()) + ", " + use.address()).orElse(""));
    }

    /** As people know it. */
    static String name(SessionProtocol protocol) {
        return protocol == SessionProtocol.SUBMISSION ? "SMTP" : protocol.name();
    }

    private Answer add(Visit visit) throws DirectoryException {
        List<String> given = visit.fields("protocols");
        Set<SessionProtocol> ticked = EnumSet.noneOf(SessionProtocol.class);
        given.forEach(claim -> SessionProtocol.of(claim).ifPresent(ticked::add));
        Form form = protocols(new Form().with("name", visit.field("name")), ticked);
        try {
            String made = apps.add(visit.account().id(), visit.field("name").strip(), ticked).text();
            return Answer.page(page, data(visit, empty(), made));
        } catch (DirectoryException e) {
            return Answer.again(page, data(visit, switch (e.fault()) {
                case INVALID -> form.wrong(e.field(), e.field().equals("name") ? "wrongName" : "wrongProtocols");
                case IN_USE -> form.wrong("tooManyApps");
                default -> throw e;
            }, ""));
        }
    }

    /** One that is gone already is what was wanted. */
    private Answer revoke(Visit visit) throws DirectoryException {
        try {
            apps.remove(visit.account().id(), visit.field("id"));
        } catch (DirectoryException e) {
            if (e.fault() != Fault.MISSING) {
                throw e;
            }
        }
        return new Answer.GoTo(PATH, "revoked");
    }
}
