package org.postel.delivery.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.postel.delivery.Fixture;
import org.postel.queue.QueueWriter;
import org.postel.queue.v1.DeadLetter;
import org.postel.queue.v1.Place;
import org.postel.queue.v1.QueuedMessage;

class PatientQueueTest {

    private final AtomicInteger writes = new AtomicInteger();
    private final PatientQueue queue = new PatientQueue((QueueWriter) Proxy.newProxyInstance(QueueWriter.class.getClassLoader(),
            new Class<?>[] {QueueWriter.class}, (writer, method, given) -> {
                writes.incrementAndGet();
                return method.getReturnType() == Place.class ? Place.getDefaultInstance() : null;
            }));

    /** The client sends first and looks for an interrupt then: the record would be there, and whoever wrote it would not know. */
    @Test
    void aThreadThatIsInterruptedWritesNothing() throws Exception {
        QueuedMessage message = Fixture.message("bob@example.org");
        List<Executable> ways = List.of(() -> queue.enqueue(message), () -> queue.relay(message), () -> queue.relaySlowly(message),
                () -> queue.retry(message, Duration.ofMinutes(5)), () -> queue.takeBack(Place.getDefaultInstance(), message),
                () -> queue.hold(message), () -> queue.bury(DeadLetter.getDefaultInstance()));
        for (Executable way : ways) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, way);
            assertFalse(Thread.interrupted(), "it is told once");
        }
        assertEquals(0, writes.get());
        queue.relay(message);
        assertEquals(1, writes.get());
    }
}
