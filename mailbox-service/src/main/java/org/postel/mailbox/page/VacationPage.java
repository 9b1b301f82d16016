package org.postel.mailbox.page;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.Vacation;

/** What who writes to an account hears while its owner is away. */
final class VacationPage {

    private static final String PATH = "/account/vacation";

    private final Site site;
    private final SettingsForm settings;
    private final Template page;

    VacationPage(Site site, Administration administration) {
        this.site = site;
        this.settings = new SettingsForm(administration);
        this.page = site.template("vacation.html");
    }

    void on(Router router) {
        site.get(router, PATH, visit -> Answer.page(page, data(visit, stored(visit))));
        site.post(router, PATH, this::change);
        site.post(router, PATH + "/off", this::switchOff);
    }

    private static Form stored(Visit visit) {
        return VacationForm.stored(visit.account().settings().vacation(), visit.zone());
    }

    private static Map<String, Object> data(Visit visit, Form form) {
        Map<String, Object> data = new HashMap<>(form.data());
        data.put(SettingsForm.SEEN, SettingsForm.seen(visit));
        data.put("zone", Words.of(visit).zone());
        data.put("on", visit.account().settings().vacation().filter(Vacation::on).isPresent());
        return data;
    }

    private Answer change(Visit visit) throws DirectoryException {
        Form form = VacationForm.typed(visit);
        if (!form.isRight()) {
            return Answer.again(page, data(visit, form));
        }
        try {
            settings.change(visit, before -> before.withVacation(Optional.of(VacationForm.made(visit, before.vacation()))));
            return new Answer.GoTo(PATH, "vacationOn");
        } catch (DirectoryException e) {
            return Answer.again(page, data(visit, SettingsForm.explained(form, e, wrong(e.field()))));
        }
    }

    private Answer switchOff(Visit visit) throws DirectoryException {
        try {
            settings.change(visit, before -> before.withVacation(before.vacation().map(vacation -> vacation.switched(false))));
            return new Answer.GoTo(PATH, "vacationOff");
        } catch (DirectoryException e) {
            return Answer.again(page, data(visit, SettingsForm.explained(stored(visit), e, "")));
        }
    }

    private static String wrong(String field) {
        return switch (field) {
            case "subject" -> "wrongSubject";
            case "text" -> "wrongText";
            default -> "wrongDays";
        };
    }
}
