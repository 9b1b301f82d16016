package org.postel.docs;

import java.util.Comparator;

/**
 * One property an operator can set.
 *
 * @param name         as in application.properties
 * @param service      the module that reads it
 * @param type         its Java type, without package
 * @param defaultValue the default, or "-" where there is none
 * @param meaning      the first sentence of its Javadoc
 */
record ConfigurationProperty(String name, String service, String type, String defaultValue, String meaning) implements Comparable<ConfigurationProperty> {

    private static final Comparator<ConfigurationProperty> ORDER = Comparator.comparing(ConfigurationProperty::name)
            .thenComparing(ConfigurationProperty::service);

    String row() {
        return "| `%s` | %s | %s | %s | %s |".formatted(name, service, type, "-".equals(defaultValue) ? "-" : "`" + defaultValue + "`", meaning);
    }

    @Override
    public int compareTo(ConfigurationProperty other) {
        return ORDER.compare(this, other);
    }
}
