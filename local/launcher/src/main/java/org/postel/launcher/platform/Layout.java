package org.postel.launcher.platform;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.postel.engines.FreePort;

/**
 * Where everything listens when there may be several processes of a service.
 *
 * @param ports of the engines, and of the first process of each service
 * @param replicas the processes of each service, by the ports each has; the others are those where it meets the rest
 */
public record Layout(Ports ports, Map<ServiceName, List<Ports>> replicas) {

    /**
     * From one process of a service to the next. With the next number, POP3 over TLS would meet the third process of IMAP over TLS,
     * and each health port its neighbour; the last two digits of the usual numbers differ for all that can be scaled.
     */
    static final int STEP = 100;

    /** Copies the map. */
    public Layout {
        replicas = Map.copyOf(replicas);
    }

    /** The numbers of the command contract, and for each further process of a service those {@link #STEP} above the one before. */
    public static Layout usual(Scale scale) {
        Ports first = Ports.usual();
        return of(first, scale, (service, before) -> first.with(service.ports(), port -> port.usual() + before * STEP));
    }

    /** Numbers nobody uses, for tests. */
    public static Layout free(Scale scale) {
        Ports first = Ports.free();
        return of(first, scale, (service, before) -> first.withOwn(service.ports()));
    }

    private static Layout of(Ports first, Scale scale, Further further) {
        Map<ServiceName, List<Ports>> replicas = new EnumMap<>(ServiceName.class);
        for (ServiceName service : ServiceName.values()) {
            Stream<Ports> more = IntStream.range(1, scale.of(service)).mapToObj(number -> further.ports(service, number));
            replicas.put(service, Stream.concat(Stream.of(first), more).toList());
        }
        return new Layout(first, replicas);
    }

    /** The ports of a service's process, which so many others come before. */
    @FunctionalInterface
    private interface Further {
        Ports ports(ServiceName service, int before);
    }

    /** The processes of a service, by the ports each has. */
    public List<Ports> of(ServiceName service) {
        return replicas.get(service);
    }

    /** The numbers that somebody else listens on, each with what it is for. */
    public List<String> taken() {
        Stream<String> further = Stream.of(ServiceName.values()).flatMap(service -> of(service).stream().skip(1)
                .flatMap(own -> service.ports().stream().filter(port -> !FreePort.isFree(own.number(port))).map(port -> label(own, port))));
        return Stream.concat(ports.taken().stream().map(port -> label(ports, port)), further).toList();
    }

    private static String label(Ports ports, Port port) {
        return ports.number(port) + " (" + port.label() + ")";
    }
}
