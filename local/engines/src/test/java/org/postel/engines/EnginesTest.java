package org.postel.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;

import org.junit.jupiter.api.Test;

class EnginesTest {

    @Test
    void kafkaStartsDiesAndComesBackOnItsData() throws IOException {
        KafkaServer kafka = KafkaServer.startTemporary();
        diesAndComesBack(kafka);
    }

    @Test
    void cassandraStartsDiesAndComesBackOnItsData() throws IOException {
        CassandraServer cassandra = CassandraServer.startTemporary();
        diesAndComesBack(cassandra);
    }

    private static void diesAndComesBack(Engine engine) {
        try (engine) {
            assertTrue(engine.child().isReady());
            long first = engine.child().pid();
            engine.kill();
            assertFalse(engine.child().isReady());
            engine.restart();
            assertTrue(engine.child().isReady());
            assertTrue(engine.child().pid() != first);
            engine.stop();
            assertFalse(engine.child().isAlive());
        }
        assertFalse(Files.exists(engine.home()));
        assertEquals(0, ProcessHandle.current().children().filter(child -> child.pid() == engine.child().pid()).count());
    }
}
