package org.postel.launcher.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A domain, an account or an alias.
 *
 * @param name   as the directory calls it
 * @param fields what is said of it, by names such as {@code quota.bytes}; a value may be null. What is not said stays as it is
 */
public record Thing(Kind kind, String name, Map<String, Object> fields) {

    public Thing {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
