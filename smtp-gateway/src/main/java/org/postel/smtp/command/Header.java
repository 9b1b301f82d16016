package org.postel.smtp.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ArrayList;
import java.util.Optional;

/** What the gateway must know of a message's header: RFC 5322 §3.6. Holds a few short values, never the header itself. */
public final class Header {

    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, List<String>> values = new HashMap<>();
    private boolean malformed;
    private boolean tooLarge;

    /** How often a field stands in it; the name in lower case. Only the names of {@link HeaderScanner} are counted. */
    public int count(String name) {
        return counts.getOrDefault(name, 0);
    }

    /** The values of a field, unfolded; only From, Sender and Message-ID are kept. */
    public List<String> values(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    /** The first Message-ID without white space. */
    public Optional<String> messageId() {
        return values("message-id").stream().findFirst().map(String::strip).filter(id -> !id.isEmpty());
    }

    /** Whether a line is no field, or a kept field is longer than what is read of it. */
    public boolean malformed() {
        return malformed;
    }

    /** Whether it has more octets than are allowed. */
    public boolean tooLarge() {
        return tooLarge;
    }

    void add(String name) {
        counts.merge(name, 1, Integer::sum);
    }

    void add(String name, String value) {
        add(name);
        values.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
    }

    void setMalformed() {
        malformed = true;
    }

    void setTooLarge() {
        tooLarge = true;
    }
}
