package org.postel.launcher.platform;

import java.io.IOException;

import org.postel.engines.CassandraServer;
import org.postel.engines.KafkaServer;
import org.postel.engines.Probe;

/** Asks a process that another launcher started. */
public final class Health {

    private final Probe probe;

    private Health(Probe probe) {
        this.probe = probe;
    }

    /** Of a process as the running launcher describes it: a service's health port is its last. */
    public static Health of(ProcessState process) {
        int port = process.ports().getLast();
        return new Health(switch (process.name()) {
            case "kafka" -> KafkaServer.probe(port);
            case "cassandra" -> CassandraServer.probe(port);
            default -> new HealthProbe(port);
        });
    }

    /** Whether it serves now. */
    public boolean isReady() {
        try {
            return probe.isReady();
        } catch (IOException unreachable) {
            return false;
        }
    }
}
