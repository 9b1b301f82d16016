package org.postel.mailbox.page;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** Times and amounts as people read them in one language. Times are those of one zone: where the reader is, nobody tells us. */
public final class Words {

    private static final int STEP = 1_000;
    private static final List<String> ENGLISH_UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB");
    private static final List<String> FRENCH_UNITS = List.of("o", "ko", "Mo", "Go", "To", "Po");

    private final Locale locale;
    private final ZoneId zone;
    private final List<String> units;
    private final DateTimeFormatter times;

    Words(Language language, ZoneId zone) {
        this.zone = zone;
        this.locale = Locale.forLanguageTag(language.tag());
        this.units = language == Language.FRENCH ? FRENCH_UNITS : ENGLISH_UNITS;
        this.times = new DateTimeFormatterBuilder().append(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT))
                .appendLiteral(" UTC").appendOffset("+H:mm", "").toFormatter(locale).withZone(zone);
    }

    /** As who looks at a page reads them. */
    public static Words of(Visit visit) {
        return new Words(visit.language(), visit.zone());
    }

    /** A moment, to the minute, with how far the clock was from UTC then. */
    public String time(Instant moment) {
        return times.format(moment);
    }

    /** What the zone is called. */
    public String zone() {
        return zone.getDisplayName(TextStyle.FULL, locale);
    }

    /** An amount of data, in units of a thousand each. */
    public String size(long octets) {
        double amount = octets;
        int unit = 0;
        while (amount >= STEP && unit < units.size() - 1) {
            amount /= STEP;
            unit++;
        }
        NumberFormat numbers = NumberFormat.getNumberInstance(locale);
        numbers.setMaximumFractionDigits(amount < 10 && unit > 0 ? 1 : 0);
        return numbers.format(amount) + "\u00a0" + units.get(unit);
    }

    /** A number. */
    public String count(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }
}
