package org.postel.imap.syntax;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** {@code date-time} of RFC 3501 §9: {@code "17-Jul-1996 02:44:25 -0700"}. */
public final class InternalDateFormat {

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .padNext(2).appendPattern("d-MMM-uuuu HH:mm:ss ").appendOffset("+HHMM", "+0000").toFormatter(Locale.ROOT);

    private static final int MOST_MINUTES = 18 * 60;

    private InternalDateFormat() {
    }

    /** With its quotes. */
    public static String format(long millis, int zoneMinutes) {
        int minutes = Math.clamp(zoneMinutes, -MOST_MINUTES, MOST_MINUTES);
        OffsetDateTime date = Instant.ofEpochMilli(millis).atOffset(ZoneOffset.ofTotalSeconds(minutes * 60));
        return "\"" + FORMAT.format(date) + "\"";
    }
}
