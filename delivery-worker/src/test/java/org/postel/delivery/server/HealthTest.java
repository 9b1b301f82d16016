package org.postel.delivery.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.tracing.Tracing;

class HealthTest {

    private final Health health = new Health();

    @TempDir
    Path folder;

    /** Its orchestrator must not end it for what a new process would wait for as well. */
    @Test
    void aWorkerWithoutKafkaIsStartedAndNotReady() throws Exception {
        SmallRyeConfig config = DeliveryConfigTest.config(Map.of("postel.queue.bootstrap-servers", "127.0.0.1:1",
                "postel.mailbox-client.addresses", "127.0.0.1:1",
                "postel.mailbox-client.service-token-file", Files.writeString(folder.resolve("token"), "a.b.c").toString()));
        DeliveryWorker worker = new DeliveryWorker(config.getConfigMapping(DeliveryConfig.class), config.getConfigMapping(QueueConfig.class),
                config.getConfigMapping(MailboxClientConfig.class), config.getConfigMapping(HostConfig.class), new SimpleMeterRegistry(), Tracing.off());
        assertEquals(Status.DOWN, health.started(worker).call().getStatus());
        worker.start(new StartupEvent());
        try {
            assertEquals(Status.UP, health.live().call().getStatus());
            assertEquals(Status.UP, health.started(worker).call().getStatus());
            assertEquals(Status.DOWN, health.ready(worker).call().getStatus());
        } finally {
            worker.stop(new ShutdownEvent());
        }
    }
}
