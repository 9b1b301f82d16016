package org.postel.launcher.platform;

import java.util.List;

import org.postel.engines.Child;

/**
 * One of the processes of a service.
 *
 * @param service whose it is
 * @param child the process
 * @param ports where it listens, and where it meets the rest
 */
public record Replica(ServiceName service, Child child, Ports ports) {

    /** The numbers it listens on; the one of its health is the last. */
    public List<Integer> listening() {
        return service.ports().stream().map(ports::number).toList();
    }
}
