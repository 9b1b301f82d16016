package org.postel.mail.mime;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Date field: the day it names, as SENTBEFORE, SENTON and SENTSINCE compare it, without regard to time and zone (RFC 9051
 * §6.4.4), and the moment, by which mail is sorted (RFC 5256 §2.2).
 */
public final class DateField {

    /** {@code [day-name ","] day month year}; the year of RFC 5322 §4.3 may have two or three digits. */
    private static final Pattern DAY = Pattern.compile("[\\sA-Za-z,]{0,40}?(\\d{1,2})[\\s-]{1,10}([A-Za-z]{3})[A-Za-z]{0,6}[\\s-]{1,10}(\\d{2,4})(?!\\d)(.*)", Pattern.DOTALL);
    /** {@code hour ":" minute [":" second] [zone]}. */
    private static final Pattern TIME = Pattern.compile("\\s*(\\d{1,2}):(\\d{2})(?::(\\d{2}))?(?:\\s*([+-])(\\d{2})(\\d{2})(?!\\d)|\\s*([A-Za-z]{1,5}))?.*", Pattern.DOTALL);
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;
    private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final int LONGEST = 100;

    private DateField() {
    }

    /** Empty when the value is no date. */
    public static Optional<LocalDate> day(Octets value) {
        return date(value).flatMap(DateField::day);
    }

    /** Milliseconds since the epoch; empty when the value is no date. What is no time is midnight, what is no zone is UTC. */
    public static OptionalLong moment(Octets value) {
        Optional<Matcher> date = date(value);
        Optional<LocalDate> day = date.flatMap(DateField::day);
        return day.isEmpty() ? OptionalLong.empty()
                : OptionalLong.of(1000 * (day.get().toEpochDay() * 24 * HOUR + secondOfDay(date.get().group(4))));
    }

    private static Optional<Matcher> date(Octets value) {
        String text = value.toString();
        Matcher date = DAY.matcher(text.substring(0, Math.min(LONGEST, text.length())));
        return date.matches() ? Optional.of(date) : Optional.empty();
    }

    private static Optional<LocalDate> day(Matcher date) {
        int month = 1 + MONTHS.indexOf(date.group(2).toLowerCase(Locale.ROOT));
        try {
            return Optional.of(LocalDate.of(year(date.group(3)), month, Integer.parseInt(date.group(1))));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    /** Of the time behind a date, in UTC: may lie before or behind that day. */
    private static long secondOfDay(String time) {
        Matcher found = TIME.matcher(time);
        if (!found.matches()) {
            return 0;
        }
        int hour = Integer.parseInt(found.group(1));
        int minute = Integer.parseInt(found.group(2));
        int second = found.group(3) == null ? 0 : Integer.parseInt(found.group(3));
        // RFC 5322 §3.3: a leap second is the 60th.
        return hour > 23 || minute > 59 || second > 60 ? 0 : hour * HOUR + minute * MINUTE + second - offset(found);
    }

    /** Seconds east. */
    private static long offset(Matcher time) {
        if (time.group(4) != null) {
            int minutes = Integer.parseInt(time.group(6));
            long seconds = Integer.parseInt(time.group(5)) * HOUR + minutes * MINUTE;
            return minutes > 59 ? 0 : time.group(4).equals("-") ? -seconds : seconds;
        }
        // RFC 5322 §4.3: the names of North America; all other names say nothing.
        return time.group(7) == null ? 0 : HOUR * switch (time.group(7).toUpperCase(Locale.ROOT)) {
            case "EDT" -> -4;
            case "EST", "CDT" -> -5;
            case "CST", "MDT" -> -6;
            case "MST", "PDT" -> -7;
            case "PST" -> -8;
            default -> 0;
        };
    }

    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        return switch (digits.length()) {
            case 2 -> year < 50 ? 2000 + year : 1900 + year;
            case 3 -> 1900 + year;
            default -> year;
        };
    }
}
