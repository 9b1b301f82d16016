package org.postel.launcher.platform;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

import org.postel.engines.FreePort;

/**
 * Which number each port has.
 *
 * @param numbers one for each port
 */
public record Ports(Map<Port, Integer> numbers) {

    /** Copies the map. */
    public Ports {
        numbers = Map.copyOf(numbers);
    }

    /** The numbers of the command contract. */
    public static Ports usual() {
        return of(Port::usual);
    }

    /** Numbers nobody uses, for tests. */
    public static Ports free() {
        return of(port -> FreePort.next());
    }

    private static Ports of(ToIntFunction<Port> number) {
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        Stream.of(Port.values()).forEach(port -> numbers.put(port, number.applyAsInt(port)));
        return new Ports(numbers);
    }

    /** Its number. */
    public int number(Port port) {
        return numbers.get(port);
    }

    /** The same numbers but for free ones at the ports of a service: for one more process of it. */
    public Ports withOwn(List<Port> ports) {
        return with(ports, port -> FreePort.next());
    }

    /** The same numbers but for others at some ports. */
    Ports with(List<Port> ports, ToIntFunction<Port> number) {
        Map<Port, Integer> changed = new EnumMap<>(numbers);
        ports.forEach(port -> changed.put(port, number.applyAsInt(port)));
        return new Ports(changed);
    }

    /** The ports somebody else listens on, in order. */
    public List<Port> taken() {
        return Stream.of(Port.values()).filter(port -> !FreePort.isFree(number(port))).toList();
    }
}
