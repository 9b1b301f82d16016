package org.postel.trust.spf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class KnownRecordsTest {

    private final KnownRecords records = new KnownRecords();

    @Test
    void aTextIsReadOnce() throws SpfFaultException {
        assertSame(records.of("v=spf1 a -all"), records.of("v=spf1 a -all"));
    }

    @Test
    void anotherTextIsAnotherRecord() throws SpfFaultException {
        records.of("v=spf1 a -all");
        assertEquals(SpfRecord.parse("v=spf1 a ~all"), records.of("v=spf1 a ~all"));
    }

    @Test
    void aFaultStaysOne() {
        assertThrows(SpfFaultException.class, () -> records.of("v=spf1 nothing"));
        assertThrows(SpfFaultException.class, () -> records.of("v=spf1 nothing"));
    }

    @Test
    void whatIsLongIsNotKept() throws SpfFaultException {
        String text = "v=spf1 " + "ip4:192.0.2.1 ".repeat(50) + "-all";
        assertNotSame(records.of(text), records.of(text));
    }
}
