package org.postel.launcher.cli;

import java.util.List;
import java.util.stream.Collectors;

import org.postel.launcher.FailedException;
import org.postel.launcher.platform.Port;
import org.postel.launcher.platform.Ports;

/** A port somebody else listens on would make a start fail later; found before anything is started. */
final class Preflight {

    private final Ports ports;

    Preflight(Ports ports) {
        this.ports = ports;
    }

    void check() {
        List<Port> taken = ports.taken();
        if (!taken.isEmpty()) {
            String names = taken.stream().map(port -> ports.number(port) + " (" + port.label() + ")")
                    .collect(Collectors.joining(", "));
            throw new FailedException((taken.size() == 1 ? "Port " + names + " is" : "Ports " + names + " are")
                    + " in use by another program. Stop it, then run ./postel up again.");
        }
    }
}
