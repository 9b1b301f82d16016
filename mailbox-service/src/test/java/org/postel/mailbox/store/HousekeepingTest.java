package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.mailbox.api.v1.MailboxHeader;

class HousekeepingTest {

    @ParameterizedTest
    @CsvSource({"0, 999, false", "0, 1000, true", "20000, 999, false", "20000, 1000, true", "60000, 2999, false", "60000, 3000, true",
            "2000000, 4999, false", "2000000, 5000, true", "-1, 4999, false", "-1, 5000, true"})
    void aLargeMailboxWaitsForMoreRowsBeforeItIsWrittenAnew(int messages, int rows, boolean due) {
        MailboxHeader mailbox = MailboxHeader.newBuilder().setMessages(messages).setModseq(200_000 + rows).build();
        LogHeader header = new LogHeader(mailbox, UUID.randomUUID(), 0, false, Optional.of(UUID.randomUUID()), Optional.empty(),
                new LogHeader.SnapshotPosition(7, 7, 200_000, 0), LogHeader.Tenancy.NONE);
        assertEquals(due, Housekeeping.isDue(header, 1000));
    }
}
