package org.postel.mailbox.page;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.postel.mailbox.directory.AppPasswords;
import org.postel.mailbox.seen.SeenLogin;
import org.postel.mailbox.seen.SeenLogins;
import org.postel.mailbox.seen.SeenSession;
import org.postel.mailbox.seen.Service;

/** Who logged in to an account lately, with a mail program or to the pages, or tried, and which programs use it now. */
final class LogInsPage {

    private static final String PATH = "/account/log-ins";

    private final Site site;
    private final SeenLogins seen;
    private final AppPasswords apps;
    private final Template page;

    LogInsPage(Site site, SeenLogins seen, AppPasswords apps) {
        this.site = site;
        this.seen = seen;
        this.apps = apps;
        this.page = site.template("log-ins.html");
    }

    void on(Router router) {
        site.get(router, PATH, this::show);
    }

    /**
     * Log-ins that are alike.
     *
     * @param from   empty: of very many clients
     * @param agent  the browser that signed in to the pages; empty: it was none
     * @param app    name of the app password; empty: none was given
     * @param result how they ended, in words
     */
    public record Row(String last, String count, String protocol, String from, String agent, String app, String result, boolean granted) {}

    /** A session of a program. */
    public record Open(String opened, String used, String protocol, String from, String app) {}

    private Answer show(Visit visit) {
        UUID account = visit.account().id();
        Words words = Words.of(visit);
        Map<String, String> names = apps.list(account).stream().collect(Collectors.toMap(app -> app.password().id(), app -> app.password().name()));
        List<Row> rows = seen.logins(account).stream().map(login -> row(login, names, words, visit.texts())).toList();
        return Answer.page(page, Map.of("rows", rows, "open", seen.sessions(account).stream().map(session -> open(session, names, words)).toList()));
    }

    private static Row row(SeenLogin login, Map<String, String> names, Words words, Map<String, String> texts) {
        SeenLogin.Alike how = login.how();
        return new Row(words.time(login.last()), words.count(login.count()), name(how.service(), texts), how.address(),
                BrowserName.of(login.agent()), named(how.appPassword(), names),
                texts.get(text(how.result())), how.result() == SeenLogin.Result.GRANTED);
    }

    private static String name(Service service, Map<String, String> texts) {
        return switch (service) {
            case IMAP -> "IMAP";
            case POP3 -> "POP3";
            case SUBMISSION -> "SMTP";
            case PAGES -> texts.get("logInPages");
        };
    }

    private static Open open(SeenSession session, Map<String, String> names, Words words) {
        return new Open(words.time(session.opened()), words.time(session.used()), AppPasswordsPage.name(session.protocol()), session.address(),
                named(session.appPassword(), names));
    }

    private static String text(SeenLogin.Result result) {
        return switch (result) {
            case GRANTED -> "logInGranted";
            case WRONG -> "logInWrong";
            case SWITCHED_OFF -> "logInSwitchedOff";
            case TOO_MANY -> "logInTooMany";
        };
    }

    /** One that is revoked has no name any more. */
    private static String named(Optional<String> app, Map<String, String> names) {
        return app.map(id -> names.getOrDefault(id, id)).orElse("");
    }
}
