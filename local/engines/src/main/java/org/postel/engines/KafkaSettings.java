package org.postel.engines;

import java.nio.file.Path;

/** The broker's server.properties. */
final class KafkaSettings {

    private KafkaSettings() {
    }

    /** For one node; every internal topic has one replica, and few partitions because each costs time at start. */
    static String of(Path data, int port, int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=4
                group.initial.rebalance.delay.ms=0
                # For keys of compacted topics, of which there are few; its default, 128 MiB, is always taken.
                log.cleaner.dedupe.buffer.size=8388608
                # A consumer that joins hears of its partitions at a heartbeat, and the next one would be five seconds later.
                group.consumer.min.heartbeat.interval.ms=1000
                group.consumer.heartbeat.interval.ms=1000
                # A killed broker may register again only when its former life has expired.
                broker.session.timeout.ms=3000
                broker.heartbeat.interval.ms=500
                """.formatted(port, controllerPort, escape(data));
    }

    private static String escape(Path path) {
        return path.toString().replace("\\", "\\\\");
    }
}
