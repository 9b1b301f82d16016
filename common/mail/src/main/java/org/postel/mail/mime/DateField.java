package org.postel.mail.mime;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The day a Date field names, as SENTBEFORE, SENTON and SENTSINCE compare it: without regard to time and zone (RFC 9051 §6.4.4). */
public final class DateField {

    /** {@code [day-name ","] day month year}; the year of RFC 5322 §4.3 may have two or three digits. */
    private static final Pattern DAY = Pattern.compile("[\\sA-Za-z,]{0,40}?(\\d{1,2})[\\s-]{1,10}([A-Za-z]{3})[A-Za-z]{0,6}[\\s-]{1,10}(\\d{2,4})(?!\\d).*", Pattern.DOTALL);
    private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final int LONGEST = 100;

    private DateField() {
    }

    /** Empty when the value is no date. */
    public static Optional<LocalDate> day(Octets value) {
        String text = value.toString();
        Matcher date = DAY.matcher(text.substring(0, Math.min(LONGEST, text.length())));
        if (!date.matches()) {
            return Optional.empty();
        }
        int month = 1 + MONTHS.indexOf(date.group(2).toLowerCase(Locale.ROOT));
        try {
            return Optional.of(LocalDate.of(year(date.group(3)), month, Integer.parseInt(date.group(1))));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
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
