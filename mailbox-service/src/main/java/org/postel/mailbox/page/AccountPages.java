package org.postel.mailbox.page;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.util.Map;

/** What an account is, at a glance. */
public final class AccountPages {

    private final Site site;
    private final Template overview;

    public AccountPages(Site site) {
        this.site = site;
        this.overview = site.template("overview.html");
    }

    /** Answers on this router from now on. */
    public void on(Router router) {
        site.get(router, "/account", this::overview);
    }

    private Answer overview(Visit visit) {
        return Answer.page(overview, Map.of("address", visit.account().address(), "aliases", visit.account().aliases().stream().sorted().toList()));
    }
}
