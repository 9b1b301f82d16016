package org.postel.docs;

/**
 * One property an operator can set.
 *
 * @param name         as in application.properties
 * @param type         its Java type, without package
 * @param defaultValue the default, or "-" where there is none
 * @param meaning      the first sentence of its Javadoc
 */
record ConfigurationProperty(String name, String type, String defaultValue, String meaning) implements Comparable<ConfigurationProperty> {

    String row() {
        return "| `%s` | %s | %s | %s |".formatted(name, type, "-".equals(defaultValue) ? "-" : "`" + defaultValue + "`", meaning);
    }

    @Override
    public int compareTo(ConfigurationProperty other) {
        return name.compareTo(other.name);
    }
}
