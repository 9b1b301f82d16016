package org.postel.mailbox.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.postel.mailbox.directory.Vacation;

/** The form of a vacation reply, on the page of its owner and on that of an administrator. */
public final class VacationForm {

    private VacationForm() {}

    /** As it is stored. */
    public static Form stored(Optional<Vacation> vacation, ZoneId zone) {
        return new Form().with("subject", vacation.map(Vacation::subject).orElse("")).with("text", vacation.map(Vacation::text).orElse(""))
                .with("start", day(vacation.flatMap(set -> set.firstDay(zone)))).with("end", day(vacation.flatMap(set -> set.lastDay(zone))));
    }

    /** As it was filled in, and what is no day in it. */
    public static Form typed(Visit visit) {
        Form form = new Form().with("subject", visit.field("subject")).with("text", visit.field("text"));
        for (String name : new String[] {"start", "end"}) {
            form.with(name, visit.field(name));
            if (parsed(visit.field(name)).isEmpty() && !visit.field(name).isBlank()) {
                form.wrong(name, "wrongDay");
            }
        }
        return form;
    }

    /** What it asks for, switched on. What the form does not show stays: the period, and the hour of a day that is still the same. */
    public static Vacation made(Visit visit, Optional<Vacation> before) {
        ZoneId zone = visit.zone();
        Optional<LocalDate> first = parsed(visit.field("start"));
        Optional<LocalDate> last = parsed(visit.field("end"));
        Optional<Instant> start = first.equals(before.flatMap(set -> set.firstDay(zone))) ? before.flatMap(Vacation::start)
                : first.map(day -> Vacation.beginning(day, zone));
        Optional<Instant> end = last.equals(before.flatMap(set -> set.lastDay(zone))) ? before.flatMap(Vacation::end)
                : last.map(day -> Vacation.ending(day, zone));
        Duration period = before.map(Vacation::period).orElse(Vacation.USUAL_PERIOD);
        return new Vacation(true, visit.field("subject").strip(), visit.field("text").replace("\r\n", "\n"), start, end, period);
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
