package org.postel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import org.postel.bench.BenchOptions.Option;
import org.postel.bench.soak.Soak;
import org.postel.launcher.FailedException;

/** {@code ./postel bench soak}: Postel, unless it is left out. */
final class SoakRun {

    private SoakRun() {
    }

    /** Whether all stayed as it should. */
    static boolean of(Path root, BenchOptions options) throws IOException {
        Duration length = Duration.ofMinutes(options.number(Option.MINUTES));
        try (Servers servers = Servers.start(root, options.postel(), options.running(), !options.postel())) {
            if (servers.all().isEmpty()) {
                throw new FailedException("There is no server to soak.");
            }
            return new Soak(servers.all().getFirst(), options.number(Option.RATE)).run(length);
        }
    }
}
