package org.postel.mailbox.page;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
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
        site.get(router, PATH, visit -> Answer.page(page, data(visit, stored(visit.account().settings().vacation()))));
        site.post(router, PATH, this::change);
        site.post(router, PATH + "/off", this::switchOff);
    }

    private static Form stored(Optional<Vacation> vacation) {
        return new Form().with("subject", vacation.map(Vacation::subject).orElse("")).with("text", vacation.map(Vacation::text).orElse(""))
                .with("start", day(vacation.flatMap(Vacation::firstDay))).with("end", day(vacation.flatMap(Vacation::lastDay)));
    }

    private static Form typed(Visit visit) {
        Form form = new Form();
        for (String name : new String[] {"subject", "text", "start", "end"}) {
            form.with(name, visit.field(name));
        }
        return form;
    }

    private static Map<String, Object> data(Visit visit, Form form) {
        Map<String, Object> data = new HashMap<>(form.data());
        data.put(SettingsForm.SEEN, SettingsForm.seen(visit));
        data.put("on", visit.account().settings().vacation().isPresent());
        return data;
    }

    private Answer change(Visit visit) throws DirectoryException {
        Form form = typed(visit);
        Optional<LocalDate> first = parsed(visit.field("start"));
        Optional<LocalDate> last = parsed(visit.field("end"));
        if (first.isEmpty() && !visit.field("start").isBlank()) {
            form.wrong("start", "wrongDay");
        }
        if (last.isEmpty() && !visit.field("end").isBlank()) {
            form.wrong("end", "wrongDay");
        }
        if (!form.isRight()) {
            return Answer.again(page, data(visit, form));
        }
        try {
            settings.change(visit, before -> before.withVacation(Optional.of(made(visit, before.vacation(), first, last))));
            return new Answer.GoTo(PATH, "vacationOn");
        } catch (DirectoryException e) {
            return Answer.again(page, data(visit, SettingsForm.explained(form, e, wrong(e.field()))));
        }
    }

    /** What the form does not show stays: the period, and the hour of a day that is still the same. */
    private static Vacation made(Visit visit, Optional<Vacation> before, Optional<LocalDate> first, Optional<LocalDate> last) {
        Optional<Instant> start = first.equals(before.flatMap(Vacation::firstDay)) ? before.flatMap(Vacation::start) : first.map(Vacation::beginning);
        Optional<Instant> end = last.equals(before.flatMap(Vacation::lastDay)) ? before.flatMap(Vacation::end) : last.map(Vacation::ending);
        Duration period = before.map(Vacation::period).orElse(Vacation.USUAL_PERIOD);
        return new Vacation(visit.field("subject").strip(), visit.field("text").replace("\r\n", "\n"), start, end, period);
    }

    private Answer switchOff(Visit visit) throws DirectoryException {
        try {
            settings.change(visit, before -> before.withVacation(Optional.empty()));
            return new Answer.GoTo(PATH, "vacationOff");
        } catch (DirectoryException e) {
            return Answer.again(page, data(visit, SettingsForm.explained(stored(visit.account().settings().vacation()), e, "")));
        }
    }

    private static String wrong(String field) {
        return switch (field) {
            case "subject" -> "wrongSubject";
            case "text" -> "wrongText";
            default -> "wrongDays";
        };
    }

    private static Optional<LocalDate> parsed(String written) {
        try {
            return Optional.of(LocalDate.parse(written.strip()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String day(Optional<LocalDate> day) {
        return day.map(LocalDate::toString).orElse("");
    }
}
