package org.postel.mailbox.page;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import org.postel.mailbox.signin.WebSession;
import org.postel.mailbox.signin.WebSessions;

/** Where somebody is signed in to the pages, and how to end it. */
final class SessionsPage {

    private static final String PATH = "/account/sessions";

    private final Site site;
    private final WebSessions sessions;
    private final Template page;

    SessionsPage(Site site, WebSessions sessions) {
        this.site = site;
        this.sessions = sessions;
        this.page = site.template("sessions.html");
    }

    void on(Router router) {
        site.get(router, PATH, this::show);
        site.post(router, PATH + "/end", this::end);
        site.post(router, PATH + "/end-others", this::endOthers);
    }

    /**
     * One as the page shows it.
     *
     * @param browser what people call it; empty: nobody knows it
     * @param current whether it is the one that asks
     */
    public record Row(String id, String browser, String address, String opened, String used, boolean current) {}

    private Answer show(Visit visit) {
        Words words = Words.of(visit);
        List<Row> rows = sessions.of(visit.account()).stream().map(session -> row(session, visit.by().session().id(), words)).toList();
        return Answer.page(page, Map.of("rows", rows));
    }

    private static Row row(WebSession session, String current, Words words) {
        return new Row(session.id(), BrowserName.of(session.agent()), session.address(), words.time(session.created()), words.time(session.used()),
                session.id().equals(current));
    }

    private Answer end(Visit visit) {
        sessions.end(visit.account().id(), visit.field("id"));
        return new Answer.GoTo(PATH, "sessionEnded");
    }

    private Answer endOthers(Visit visit) {
        sessions.endOthers(visit.by().session());
        return new Answer.GoTo(PATH, "othersEnded");
    }
}
