package org.postel.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All values of a figure measured so far, by row and server, in the order in which they came first. For one thread. */
public final class Results {

    private final Map<Metric, Map<String, List<Double>>> values = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();

    /** One more value. */
    public void add(Metric metric, String stack, double value) {
        values.computeIfAbsent(metric, key -> new LinkedHashMap<>()).computeIfAbsent(stack, key -> new ArrayList<>()).add(value);
    }

    /** Something the reader of the table has to know; once, however often it is said. */
    public void note(String text) {
        notes.add(text);
    }

    /** What was said. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** The rows. */
    public List<Metric> metrics() {
        return List.copyOf(values.keySet());
    }

    /** What a server gave for a row, or nothing. */
    public Optional<Summary> summary(Metric metric, String stack) {
        return Optional.ofNullable(values.getOrDefault(metric, Map.of()).get(stack)).map(Summary::of);
    }
}
