package org.postel.mailbox.directory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Optional;
import org.postel.mailbox.directory.DirectoryException.Fault;

/**
 * What who writes to an account hears while its owner is away.
 *
 * @param on      whether it is sent at all; what is switched off keeps its words
 * @param subject of the answer
 * @param text    lines end in LF
 * @param start   from when on it is sent; empty: now
 * @param end     until when; empty: until it is taken away
 * @param period  how long one sender gets no second one, 1 to 60 days
 */
public record Vacation(boolean on, String subject, String text, Optional<Instant> start, Optional<Instant> end, Duration period) {

    /** RFC 5230 §4.1 recommends seven days. */
    public static final Duration USUAL_PERIOD = Duration.ofDays(7);

    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_TEXT = 10_000;
    private static final int LONGEST_PERIOD_DAYS = 60;
    private static final int ID_OCTETS = 12;

    /** The same, switched on or off. */
    public Vacation switched(boolean next) {
        return new Vacation(next, subject, text, start, end, period);
    }

    /** Whether it is sent at this time. */
    public boolean active(Instant now) {
        return on && start.filter(now::isBefore).isEmpty() && end.filter(last -> !now.isBefore(last)).isEmpty();
    }

    /** When a first day begins there: at midnight, or where the clock jumps over it, later. */
    public static Instant beginning(LocalDate first, ZoneId zone) {
        return first.atStartOfDay(zone).toInstant();
    }

    /** When a last day is over there. */
    public static Instant ending(LocalDate last, ZoneId zone) {
        return beginning(last.plusDays(1), zone);
    }

    /** The first day on which it is sent there, if one is set. */
    public Optional<LocalDate> firstDay(ZoneId zone) {
        return start.map(moment -> LocalDate.ofInstant(moment, zone));
    }

    /** The last day on which it is sent there, if one is set. */
    public Optional<LocalDate> lastDay(ZoneId zone) {
        return end.map(moment -> LocalDate.ofInstant(moment.minusNanos(1), zone));
    }

    /** Tells it from one with other words or days: whoever had an answer of that one gets one of this. The switch is no difference. */
    public String id() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest((subject + "\0" + text + "\0" + start + end).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_OCTETS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** @throws DirectoryException INVALID when it cannot be sent (SAFETY row 11: nothing in it may become a header field) */
    Vacation checked() throws DirectoryException {
        if (subject.isBlank() || subject.length() > LONGEST_SUBJECT || subject.chars().anyMatch(Character::isISOControl)) {
            throw new DirectoryException(Fault.INVALID, "subject", "a subject has 1 to " + LONGEST_SUBJECT + " characters, none of them a control character");
        }
        if (text.isBlank() || text.length() > LONGEST_TEXT || text.chars().anyMatch(one -> Character.isISOControl(one) && one != '\n' && one != '\t')) {
            throw new DirectoryException(Fault.INVALID, "text", "a text has 1 to " + LONGEST_TEXT + " characters, and no control characters but line ends");
        }
        if (period.compareTo(Duration.ofDays(1)) < 0 || period.compareTo(Duration.ofDays(LONGEST_PERIOD_DAYS)) > 0) {
            throw new DirectoryException(Fault.INVALID, "periodDays", "a sender hears of it once in 1 to " + LONGEST_PERIOD_DAYS + " days");
        }
        if (start.isPresent() && end.isPresent() && !start.get().isBefore(end.get())) {
            throw new DirectoryException(Fault.INVALID, "end", "it ends before it starts");
        }
        return this;
    }
}
