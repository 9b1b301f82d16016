package org.postel.mailbox.store;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The mapping with its defaults and some values. */
public final class TestStoreConfig {

    private TestStoreConfig() {}

    public static StoreConfig with(Map<String, String> values) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(StoreConfig.class);
        values.forEach((name, value) -> builder.withDefaultValue("postel.mailbox.store." + name, value));
        return builder.build().getConfigMapping(StoreConfig.class);
    }
}
