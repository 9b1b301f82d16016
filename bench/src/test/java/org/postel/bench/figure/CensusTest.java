package org.postel.bench.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;

import org.junit.jupiter.api.Test;

class CensusTest {

    private final Census census = new Census(1);

    @Test
    void messagesOfOtherRunsDoNotCount() throws IOException {
        census.see(-1);
        census.see(4);
        census.see(-1);
        assertEquals(1, census.result().cardinality());
    }

    @Test
    void aMessageThatIsThereTwiceIsAnError() {
        census.see(4);
        census.see(4);
        assertThrows(IOException.class, census::result);
    }
}
