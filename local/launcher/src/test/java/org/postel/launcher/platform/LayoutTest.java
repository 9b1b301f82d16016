package org.postel.launcher.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class LayoutTest {

    /** Eight further processes of each service, on every port a service has. */
    private static final int FURTHER = 8 * 14;

    @Test
    void noTwoProcessesEverListenOnTheSamePort() {
        assertAllDiffer(Layout.usual(Scale.ofEach(Scale.MOST)));
        assertAllDiffer(Layout.free(Scale.ofEach(Scale.MOST)));
    }

    private static void assertAllDiffer(Layout layout) {
        Set<Integer> numbers = new HashSet<>(layout.ports().numbers().values());
        assertEquals(Port.values().length, numbers.size());
        for (ServiceName service : ServiceName.values()) {
            layout.of(service).stream().skip(1).flatMap(own -> numbers(service, own)).forEach(
                    number -> assertTrue(numbers.add(number), () -> number + " is listened on twice"));
        }
        assertEquals(Port.values().length + FURTHER, numbers.size());
    }

    private static Stream<Integer> numbers(ServiceName service, Ports own) {
        return service.ports().stream().map(own::number);
    }

    @Test
    void eachFurtherProcessIsAHundredAboveTheOneBefore() {
        List<Ports> three = Layout.usual(Scale.of("imap-gateway=3")).of(ServiceName.IMAP_GATEWAY);
        assertEquals(List.of(2143, 2243, 2343), three.stream().map(own -> own.number(Port.IMAP)).toList());
        assertEquals(List.of(2993, 3093, 3193), three.stream().map(own -> own.number(Port.IMAPS)).toList());
        assertEquals(List.of(9092, 9092, 9092), three.stream().map(own -> own.number(Port.KAFKA)).toList());
    }
}
