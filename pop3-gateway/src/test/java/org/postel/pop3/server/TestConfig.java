package org.postel.pop3.server;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Configuration of a test: the defaults, free ports, and what the test sets. */
final class TestConfig {

    private TestConfig() {}

    static <T> T of(Class<T> mapping, Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(mapping)
                .withDefaultValues(properties)
                .build()
                .getConfigMapping(mapping);
    }

    static Pop3Config pop3(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of(
                "postel.pop3.port", "0", "postel.pop3.tls-port", "0", "postel.pop3.auth-failure-delay", "0s"));
        all.putAll(properties);
        return of(Pop3Config.class, all);
    }
}
