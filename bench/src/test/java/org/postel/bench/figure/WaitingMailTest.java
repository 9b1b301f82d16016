package org.postel.bench.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.postel.mail.QueueId;

class WaitingMailTest {

    private static final int ALL = 20_000;
    private static final Instant END = Instant.parse("2026-11-28T12:00:00Z");

    private final List<WaitingMail> mails = IntStream.range(0, ALL).mapToObj(number -> WaitingMail.of(number, ALL, END)).toList();

    @Test
    void theirOrderIsThatOfTheirIds() {
        List<QueueId> ids = mails.stream().map(mail -> new QueueId(mail.id())).toList();
        assertEquals(ids.stream().sorted().distinct().toList(), ids);
    }

    @Test
    void twoFifthsCameWithinTheLastHourAndAllBeforeItsEnd() {
        int last = mails.getLast().hour();
        assertEquals(ALL * 2 / 5, mails.stream().filter(mail -> mail.hour() == last).count());
        assertTrue(mails.getLast().millis() < END.toEpochMilli());
        assertEquals(END.toEpochMilli() / 3_600_000 - 1, last);
        assertEquals(last - 72, mails.getFirst().hour());
    }

    @Test
    void destinationsAndSendersAreManyAndFew() {
        assertEquals(ALL * 3 / 5, destined(WaitingMail.LARGE) + destined(WaitingMail.SMALL));
        assertEquals(ALL / 5_000, destined(WaitingMail.SMALL));
        assertEquals(0, destined(WaitingMail.NONE));
        assertEquals(ALL / 2_000, sent(WaitingMail.sender(1)));
        assertEquals(10, sent(WaitingMail.RARE_SENDER));
        assertEquals(0, sent(WaitingMail.NO_SENDER));
    }

    private long destined(String domain) {
        return mails.stream().filter(mail -> mail.destination().equals(domain)).count();
    }

    private long sent(String sender) {
        return mails.stream().filter(mail -> mail.sender().equals(sender)).count();
    }
}
