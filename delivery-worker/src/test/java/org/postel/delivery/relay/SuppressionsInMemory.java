package org.postel.delivery.relay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postel.delivery.outcome.Failures;
import org.postel.queue.v1.Failure;

/** Remembers what it is told, for ever. */
final class SuppressionsInMemory implements Suppressions {

    final Map<String, String> added = new LinkedHashMap<>();

    @Override
    public Map<String, Failure> of(List<String> addresses) {
        Map<String, Failure> found = new LinkedHashMap<>();
        addresses.stream().filter(added::containsKey).forEach(address -> found.put(address, Failures.of("5.1.1", "It was not sent: " + added.get(address))));
        return found;
    }

    @Override
    public void add(String address, String reply) {
        added.put(address, reply);
    }
}
