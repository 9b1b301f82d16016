package org.postel.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void twoPropertiesForOnePortAreNamed() {
        Ports ports = new Ports().and("a", 25).and("b", 0).and("c", 0).and("d", OptionalInt.empty());
        assertEquals("e and a are the same port: 25", assertThrows(IllegalArgumentException.class, () -> ports.and("e", OptionalInt.of(25))).getMessage());
    }
}
