package org.postel.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/**
 * The broker's process in the local run: formats the data folder when it is new, then runs Kafka's own main. One process
 * instead of two saves the start of a JVM.
 */
public final class LocalKafka {

    private LocalKafka() {
    }

    /**
     * Runs until the broker ends.
     *
     * @param arguments the path of server.properties
     * @throws IOException when that file cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        String settings = arguments[0];
        if (isNew(Path.of(settings)) && format(settings) != 0) {
            System.exit(1);
        }
        Kafka.main(new String[] {settings});
    }

    private static boolean isNew(Path settings) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(settings)) {
            properties.load(reader);
        }
        return !Files.exists(Path.of(properties.getProperty("log.dirs"), "meta.properties"));
    }

    private static int format(String settings) {
        String clusterId = Uuid.randomUuid().toString();
        return StorageTool.execute(new String[] {"format", "-c", settings, "-t", clusterId}, System.out);
    }
}
