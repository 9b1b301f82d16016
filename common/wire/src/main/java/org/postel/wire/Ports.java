package org.postel.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The ports that a process is to listen on, each with the property that says so. Two listeners of one process can have the same:
 * the system then gives each of them some of the connections, which nobody wants.
 */
public final class Ports {

    private final Map<Integer, String> properties = new HashMap<>();

    /**
     * One more.
     *
     * @param property as an operator writes it
     * @param number 0 takes a free one
     * @throws IllegalArgumentException when another property says the same
     */
    public Ports and(String property, int number) {
        String other = number == 0 ? null : properties.putIfAbsent(number, property);
        if (other != null) {
            throw new IllegalArgumentException(property + " and " + other + " are the same port: " + number);
        }
        return this;
    }

    /** One more, if there is one. */
    public Ports and(String property, OptionalInt number) {
        return number.isPresent() ? and(property, number.getAsInt()) : this;
    }
}
