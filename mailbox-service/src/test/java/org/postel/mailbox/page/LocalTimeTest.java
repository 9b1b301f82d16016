package org.postel.mailbox.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.directory.Vacation;

/** The clock and the calendar of the people who are served. */
@ExtendWith(SharedCassandra.class)
@Timeout(120)
class LocalTimeTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @ParameterizedTest
    @CsvSource({"ENGLISH, UTC, '2026-07-01T22:30:00Z', 'Jul 1, 2026, 10:30\u202fPM UTC'", "ENGLISH, Europe/Paris, '2026-07-01T22:30:00Z', 'Jul 2, 2026, 12:30\u202fAM UTC+2'",
        "FRENCH, Europe/Paris, '2026-12-31T23:05:00Z', '1 janv. 2027 00:05 UTC+1'", "FRENCH, Asia/Kolkata, '2026-07-01T10:00:00Z', '1 juil. 2026 15:30 UTC+5:30'",
        "FRENCH, America/New_York, '2026-07-01T02:00:00Z', '30 juin 2026 22:00 UTC-4'"})
    void aTimeIsThatOfTheClockThereAndSaysSo(Language language, String zone, Instant moment, String read) {
        assertEquals(read.replace('\u202f', ' '), new Words(language, ZoneId.of(zone)).time(moment).replace('\u202f', ' '));
    }

    @Test
    void aVacationBeginsAndEndsAtMidnightThere(CassandraSession session) throws Exception {
        String address = "a" + UUID.randomUUID().toString().replace("-", "") + "@example.test";
        try (SiteFixture pages = SiteFixture.over(session, new WebSettings(false, List.of(), PARIS)); Browser browser = pages.browser()) {
            pages.directory.administration.addAccount(address, "secret");
            browser.get("/account/vacation?lang=fr");
            Browser.Seen page = browser.submit("sign-in", Map.of("address", address, "password", "secret"));
            assertTrue(page.text("days-hint").endsWith("heure d’Europe centrale."), page.html());
            page = browser.submit("vacation", Map.of("subject", "Absente", "text", "Au bord de la mer.", "start", "2026-07-01", "end", "2026-10-25"));
            Vacation vacation = pages.directory.administration.account(address).settings().vacation().orElseThrow();
            assertEquals(Optional.of(Instant.parse("2026-06-30T22:00:00Z")), vacation.start());
            assertEquals(Optional.of(Instant.parse("2026-10-25T23:00:00Z")), vacation.end(), "the day has 25 hours");
            assertTrue(page.html().contains("value=\"2026-07-01\"") && page.html().contains("value=\"2026-10-25\""), page.html());
            browser.submit("vacation", Map.of("text", "À la montagne."));
            assertEquals(vacation.start(), pages.directory.administration.account(address).settings().vacation().orElseThrow().start());
            assertTrue(browser.get("/account/sessions").html().matches("(?s).*\\d\\d:\\d\\d UTC\\+[12]<.*"), "sessions say it too");
        }
    }

    /** The clock is put forward at midnight on 6 September 2026 in Chile: that day begins at one. */
    @Test
    void aDayWithoutMidnightBeginsLater() {
        assertEquals(Instant.parse("2026-09-06T04:00:00Z"), Vacation.beginning(LocalDate.parse("2026-09-06"), ZoneId.of("America/Santiago")));
        assertEquals(Instant.parse("2026-09-06T04:00:00Z"), Vacation.ending(LocalDate.parse("2026-09-05"), ZoneId.of("America/Santiago")));
    }
}
