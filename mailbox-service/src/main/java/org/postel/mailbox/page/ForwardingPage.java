package org.postel.mailbox.page;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.Forwarding;

/** Where an account's mail goes on to. */
final class ForwardingPage {

    private static final String PATH = "/account/forwarding";

    private final Site site;
    private final SettingsForm settings;
    private final Template page;

    ForwardingPage(Site site, Administration administration) {
        this.site = site;
        this.settings = new SettingsForm(administration);
        this.page = site.template("forwarding.html");
    }

    void on(Router router) {
        site.get(router, PATH, visit -> Answer.page(page, data(visit, stored(visit.account().settings().forwarding()))));
        site.post(router, PATH, this::change);
    }

    private static Form stored(Optional<Forwarding> forwarding) {
        return form(forwarding.map(Forwarding::targets).map(targets -> String.join("\n", targets)).orElse(""), forwarding.map(Forwarding::keep).orElse(true));
    }

    private static Form form(String targets, boolean keep) {
        return new Form().with("targets", targets).with("keep", keep ? "keep" : "");
    }

    private static Map<String, Object> data(Visit visit, Form form) {
        Map<String, Object> data = new HashMap<>(form.data());
        data.put(SettingsForm.SEEN, SettingsForm.seen(visit));
        return data;
    }

    private Answer change(Visit visit) throws DirectoryException {
        String written = visit.field("targets");
        boolean keep = visit.ticked("keep");
        // Some write one on a line, some write commas.
        List<String> targets = List.of(written.strip().split("[\\s,;]+")).stream().filter(target -> !target.isEmpty()).toList();
        try {
            settings.change(visit, before -> before.withForwarding(targets.isEmpty() ? Optional.empty() : Optional.of(new Forwarding(targets, keep))));
            return new Answer.GoTo(PATH, targets.isEmpty() ? "forwardingOff" : "saved");
        } catch (DirectoryException e) {
            return Answer.again(page, data(visit, SettingsForm.explained(form(written, keep), e, "wrongTargets")));
        }
    }
}
