package org.postel.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.postel.launcher.FailedException;

/** What the operator wrote into {@code postel.properties}: any property of any service. */
public final class OperatorSettings {

    private OperatorSettings() {
    }

    /**
     * All properties; a later file wins, a missing one is empty.
     *
     * @throws IOException when a file is there and cannot be read
     * @throws FailedException when it is not of the form of Java properties
     */
    public static Map<String, String> read(List<Path> files) throws IOException {
        Map<String, String> settings = new HashMap<>();
        for (Path file : files) {
            if (!Files.exists(file)) {
                continue;
            }
            Properties properties = new Properties();
            try (var reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IllegalArgumentException malformed) {
                throw new FailedException(file + " is not a file of properties: " + malformed.getMessage(), malformed);
            }
            properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        }
        return settings;
    }
}
