package org.postel.mailbox.page;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.AppPasswords;
import org.postel.mailbox.directory.Authentication;
import org.postel.mailbox.directory.Authentication.Credentials;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.password.Strength;
import org.postel.mailbox.signin.WebSessions;

/** Another password: whoever has the old one may choose it, and all other sessions end. A try at the old one counts as a log-in does. */
final class PasswordPage {

    private static final String PATH = "/account/password";
    private static final int LONGEST = 1_024;
    private static final List<String> STRENGTHS = List.of("strength0", "strength1", "strength2", "strength3", "strength4");

    private final Site site;
    private final Administration administration;
    private final Authentication authentication;
    private final AppPasswords apps;
    private final WebSessions sessions;
    private final Template page;

    PasswordPage(Site site, Administration administration, Authentication authentication, AppPasswords apps, WebSessions sessions) {
        this.site = site;
        this.administration = administration;
        this.authentication = authentication;
        this.apps = apps;
        this.sessions = sessions;
        this.page = site.template("password.html");
    }

    void on(Router router) {
        site.get(router, PATH, visit -> Answer.page(page, data(visit, empty())));
        site.post(router, PATH, this::change);
        site.post(router, PATH + "/strength", this::strength);
    }

    private static Form empty() {
        return new Form().with("old", "").with("new", "").with("repeated", "");
    }

    private Map<String, Object> data(Visit visit, Form form) {
        Map<String, Object> data = new HashMap<>(form.data());
        data.put("apps", apps.list(visit.account().id()).stream().map(listed -> listed.password().name()).toList());
        return data;
    }

    private Answer change(Visit visit) throws DirectoryException {
        String password = visit.field("new");
        Form form = checked(visit, password);
        if (!form.isRight()) {
            return Answer.again(page, data(visit, form));
        }
        Account after = administration.changePassword(visit.account().address(), password);
        sessions.endAll(after.id());
        site.cookies().setSession(visit.request(), sessions.open(after, visit.client()).text());
        return new Answer.GoTo(PATH, "passwordChanged");
    }

    /** The old one is asked last, so that a slip of the new one costs no try. */
    private Form checked(Visit visit, String password) {
        Form form = empty();
        if (password.length() > LONGEST || password.indexOf('\0') >= 0) {
            form.wrong("new", "wrongNew");
        } else if (!strength(visit.account(), password).enough()) {
            form.wrong("new", "tooWeak");
        }
        if (!visit.field("repeated").equals(password)) {
            form.wrong("repeated", "notTheSame");
        }
        if (form.isRight()) {
            Outcome outcome = authentication.signIn(new Credentials("", visit.account().address(), visit.field("old"), visit.client().address()));
            switch (outcome) {
                case Outcome.Granted _ -> { }
                case Outcome.Limited _ -> form.wrong("old", "tooManyTries");
                case Outcome.Wrong _, Outcome.Disabled _ -> form.wrong("old", "wrongOld");
            }
        }
        return form;
    }

    /** For the page's script, while somebody types. */
    private Answer strength(Visit visit) {
        Strength strength = strength(visit.account(), visit.field("new"));
        return new Answer.Text(strength.ordinal() + "\n" + visit.texts().get(STRENGTHS.get(strength.ordinal())));
    }

    private static Strength strength(Account account, String password) {
        List<String> known = account.sendsFrom().stream().flatMap(address -> Stream.concat(Stream.of(address), Arrays.stream(address.split("[@.+_-]"))))
                .map(part -> part.toLowerCase(Locale.ROOT)).distinct().toList();
        return Strength.of(password, known);
    }
}
