package org.postel.smtp.server;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Configurations as the running service reads them. */
final class Configs {

    private Configs() {
    }

    /** One made of properties without the prefix postel.smtp. */
    static SmtpConfig smtp(Map<String, String> values) {
        return read(SmtpConfig.class, "postel.smtp.", values);
    }

    /** One of any mapping. */
    static <T> T read(Class<T> mapping, String prefix, Map<String, String> values) {
        Map<String, String> named = values.entrySet().stream().collect(Collectors.toMap(entry -> prefix + entry.getKey(), Map.Entry::getValue));
        return new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 200, new DurationConverter())
            .withConverter(MemorySize.class, 200, new MemorySizeConverter())
            .withMapping(mapping)
            .withSources(new PropertiesConfigSource(named, "test", 100))
            .build()
            .getConfigMapping(mapping);
    }
}
