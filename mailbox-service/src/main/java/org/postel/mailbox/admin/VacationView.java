package org.postel.mailbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.Vacation;

/**
 * A vacation as JSON; times as RFC 3339 has them, or days, which are those of the people served and count to their end. Null: no such time.
 *
 * @param on         whether it is sent
 * @param periodDays how long one sender gets no second answer
 */
public record VacationView(boolean on, String subject, String text, String start, String end, long periodDays) {

    static VacationView of(Vacation vacation) {
        return new VacationView(vacation.on(), vacation.subject(), vacation.text(), vacation.start().map(Instant::toString).orElse(null),
                vacation.end().map(Instant::toString).orElse(null), vacation.period().toDays());
    }

    /**
     * What a merge patch makes of it. One that is not there may be switched off: there is none then, as before.
     *
     * @param zone whose days are meant
     */
    static Optional<Vacation> merge(Optional<Vacation> before, JsonNode patch, ZoneId zone) throws DirectoryException {
        if (before.isEmpty() && patch.size() == 1 && patch.path("on").isBoolean() && !patch.path("on").booleanValue()) {
            return before;
        }
        Vacation next = before.orElse(new Vacation(true, "", "", Optional.empty(), Optional.empty(), Vacation.USUAL_PERIOD));
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            JsonNode value = field.getValue();
            next = switch (field.getKey()) {
                case "on" -> next.switched(on(value));
                case "subject" -> new Vacation(next.on(), text(value), next.text(), next.start(), next.end(), next.period());
                case "text" -> new Vacation(next.on(), next.subject(), text(value).replace("\r\n", "\n"), next.start(), next.end(), next.period());
                case "start" -> new Vacation(next.on(), next.subject(), next.text(), time(value, day -> Vacation.beginning(day, zone)), next.end(), next.period());
                case "end" -> new Vacation(next.on(), next.subject(), next.text(), next.start(), time(value, day -> Vacation.ending(day, zone)), next.period());
                case "periodDays" -> new Vacation(next.on(), next.subject(), next.text(), next.start(), next.end(), Duration.ofDays(days(value)));
                default -> throw invalid("a vacation has \"on\", \"subject\", \"text\", \"start\", \"end\" and \"periodDays\"");
            };
        }
        return Optional.of(next);
    }

    private static boolean on(JsonNode value) throws DirectoryException {
        if (!value.isBoolean()) {
            throw invalid("true or false is expected");
        }
        return value.booleanValue();
    }

    private static String text(JsonNode value) throws DirectoryException {
        if (!value.isTextual()) {
            throw invalid("a text is expected");
        }
        return value.asText();
    }

    private static int days(JsonNode value) throws DirectoryException {
        if (!value.isInt()) {
            throw invalid("a number of days is expected");
        }
        return value.intValue();
    }

    private static Optional<Instant> time(JsonNode value, Function<LocalDate, Instant> ofDay) throws DirectoryException {
        if (value.isNull()) {
            return Optional.empty();
        }
        String written = text(value);
        try {
            if (written.contains("T")) {
                return Optional.of(OffsetDateTime.parse(written).toInstant());
            }
            return Optional.of(ofDay.apply(LocalDate.parse(written)));
        } catch (DateTimeException e) {
            throw invalid("a time is written as 2026-07-01, or 2026-07-01T08:00:00Z");
        }
    }

    private static DirectoryException invalid(String text) {
        return new DirectoryException(DirectoryException.Fault.INVALID, text);
    }
}
