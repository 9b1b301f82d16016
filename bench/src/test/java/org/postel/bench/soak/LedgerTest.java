package org.postel.bench.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger();

    @Test
    void aMessageMayBeFoundBeforeItsSenderKnows() {
        ledger.found(1);
        ledger.sent(1);
        assertTrue(ledger.isClean());
    }

    @Test
    void aLostMessageIsNamed() {
        ledger.sent(7);
        assertEquals(1, ledger.missing());
        assertEquals("sent 1, found 0, lost 1 [7], found twice 0\n", ledger.text());
        assertFalse(ledger.isClean());
    }

    @Test
    void aMessageThatIsFoundTwiceIsNamed() {
        ledger.sent(7);
        ledger.found(7);
        ledger.found(7);
        assertEquals("sent 1, found 1, lost 0, found twice 1 [7]\n", ledger.text());
        assertFalse(ledger.isClean());
    }

    @Test
    void aFailureIsToldOnceWithItsNumber() {
        ledger.failed("IMAP: hung up");
        ledger.failed("IMAP: hung up");
        assertTrue(ledger.text().endsWith("failed 2 times: IMAP: hung up\n"));
        assertFalse(ledger.isClean());
    }
}
