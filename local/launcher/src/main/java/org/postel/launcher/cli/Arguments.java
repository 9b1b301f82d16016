package org.postel.launcher.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.postel.launcher.UsageException;

/** A verb, names after it, and options with a value anywhere among them. */
final class Arguments {

    private final String usage;
    private final List<String> names = new ArrayList<>();
    private final Map<String, String> options = new HashMap<>();

    private Arguments(String usage) {
        this.usage = usage;
    }

    /**
     * Reads a command line.
     *
     * @param known the options there are
     * @throws UsageException without a verb, at an unknown option or one without its value
     */
    static Arguments of(List<String> given, String usage, String... known) {
        Arguments arguments = new Arguments(usage);
        for (int i = 0; i < given.size(); i++) {
            String word = given.get(i);
            if (!word.startsWith("--")) {
                arguments.names.add(word);
            } else if (Set.of(known).contains(word) && i + 1 < given.size()) {
                i++;
                arguments.options.put(word, given.get(i));
            } else {
                throw new UsageException(usage);
            }
        }
        arguments.atLeast(0);
        return arguments;
    }

    String verb() {
        return names.getFirst();
    }

    /** The one name after the verb. */
    String only() {
        if (names.size() != 2) {
            throw new UsageException(usage);
        }
        return names.get(1);
    }

    /** The names after the verb. */
    List<String> atLeast(int count) {
        if (names.size() <= count) {
            throw new UsageException(usage);
        }
        return names.subList(1, names.size());
    }

    void nothingMore() {
        if (names.size() > 1) {
            throw new UsageException(usage);
        }
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }
}
