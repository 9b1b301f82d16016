package org.postel.mailbox.page;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.postel.mailbox.directory.AccountSettings;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.identity.SessionProtocol;

/** Which protocols an account's programs may use. */
final class ProtocolsPage {

    private static final String PATH = "/account/protocols";

    private final Site site;
    private final SettingsForm settings;
    private final Template page;

    ProtocolsPage(Site site, Administration administration) {
        this.site = site;
        this.settings = new SettingsForm(administration);
        this.page = site.template("protocols.html");
    }

    void on(Router router) {
        site.get(router, PATH, visit -> Answer.page(page, data(visit, form(visit.account().protocols()::contains))));
        site.post(router, PATH, this::change);
    }

    private static Form form(Predicate<SessionProtocol> on) {
        Form form = new Form();
        for (SessionProtocol protocol : SessionProtocol.values()) {
            form.with(protocol.claim(), on.test(protocol) ? protocol.claim() : "");
        }
        return form;
    }

    private static Map<String, Object> data(Visit visit, Form form) {
        Map<String, Object> data = new HashMap<>(form.data());
        data.put(SettingsForm.SEEN, SettingsForm.seen(visit));
        return data;
    }

    private Answer change(Visit visit) throws DirectoryException {
        try {
            settings.change(visit, before -> {
                AccountSettings after = before;
                for (SessionProtocol protocol : SessionProtocol.values()) {
                    after = after.with(protocol, visit.ticked(protocol.claim()));
                }
                return after;
            });
            return new Answer.GoTo(PATH, "saved");
        } catch (DirectoryException e) {
            return Answer.again(page, data(visit, SettingsForm.explained(form(protocol -> visit.ticked(protocol.claim())), e, "")));
        }
    }
}
