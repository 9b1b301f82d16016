package org.postel.imap.syntax;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** Dates of SEARCH and APPEND. */
final class DateParser {

    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    private DateParser() {
    }

    /** {@code date = date-text / DQUOTE date-text DQUOTE}. */
    static LocalDate date(Cursor cursor) throws SyntaxException {
        Cursor text = new Cursor(cursor.astring());
        LocalDate date = dateText(text);
        text.end();
        return date;
    }

    /** {@code date-text = date-day "-" date-month "-" date-year}. */
    private static LocalDate dateText(Cursor cursor) throws SyntaxException {
        cursor.accept(' ');
        long day = cursor.number();
        cursor.expect('-');
        String month = cursor.word(Characters::letter, "a month").toUpperCase(Locale.ROOT);
        cursor.expect('-');
        long year = cursor.number();
        try {
            return LocalDate.of((int) Math.min(year, 10_000), MONTHS.indexOf(month) + 1, (int) Math.min(day, 99));
        } catch (DateTimeException _) {
            throw invalid();
        }
    }

    /** {@code date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE}. */
    static OffsetDateTime dateTime(Cursor cursor) throws SyntaxException {
        Cursor text = new Cursor(cursor.string());
        LocalDate date = dateText(text);
        if (date.getYear() > 9999) {
            throw invalid();
        }
        text.sp();
        String time = text.word(octet -> octet > ' ', "a time");
        text.sp();
        String zone = text.word(octet -> octet > ' ', "a zone");
        text.end();
        if (!time.matches("\\d\\d:\\d\\d:\\d\\d") || !zone.matches("[+-]\\d{4}")) {
            throw invalid();
        }
        return OffsetDateTime.of(at(date, time), offset(zone));
    }

    private static LocalDateTime at(LocalDate date, String time) throws SyntaxException {
        try {
            // A leap second is the second before it: the clock here has none.
            int second = Math.min(digits(time, 6), 59);
            return date.atTime(digits(time, 0), digits(time, 3), second);
        } catch (DateTimeException _) {
            throw invalid();
        }
    }

    private static ZoneOffset offset(String zone) throws SyntaxException {
        try {
            int minutes = digits(zone, 1) * 60 + digits(zone, 3);
            return ZoneOffset.ofTotalSeconds((zone.charAt(0) == '-' ? -minutes : minutes) * 60);
        } catch (DateTimeException _) {
            throw invalid();
        }
    }

    private static int digits(String text, int at) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        return (ascii[at] - '0') * 10 + ascii[at + 1] - '0';
    }

    private static SyntaxException invalid() {
        return new SyntaxException("Invalid date");
    }
}
