package org.postel.launcher.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.postel.launcher.config.Change.Action;

/** What is between a file and what is there. Pure. */
public final class Difference {

    private Difference() {
    }

    /**
     * The changes that make what is there what the file says, in the order in which they can be made.
     *
     * @param there what is there, of each kind by name, with all fields that the file may name
     * @param prune whether what is there and not in the file is taken away; of kinds that the file names only
     */
    public static List<Change> of(ConfigFile file, Map<Kind, Map<String, Thing>> there, boolean prune) {
        List<Change> changes = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            file.of(kind).values().forEach(wanted -> changes.addAll(change(wanted, there.get(kind).get(wanted.name()))));
        }
        for (Kind kind : List.of(Kind.values()).reversed()) {
            if (prune && file.names(kind)) {
                surplus(file.of(kind).keySet(), there.get(kind).keySet()).forEach(name -> changes.add(new Change(Action.REMOVE, kind, name, Map.of(), Map.of())));
            }
        }
        return changes;
    }

    private static List<Change> change(Thing wanted, Thing there) {
        if (there == null) {
            return List.of(new Change(Action.ADD, wanted.kind(), wanted.name(), Map.of(), wanted.fields()));
        }
        Map<String, Object> before = new LinkedHashMap<>();
        Map<String, Object> after = new LinkedHashMap<>();
        wanted.fields().forEach((field, value) -> {
            // A password is for an account to come: one that is there has perhaps another by now.
            if (!field.equals(ConfigFile.PASSWORD_FILE) && !Objects.equals(value, there.fields().get(field))) {
                before.put(field, there.fields().get(field));
                after.put(field, value);
            }
        });
        return after.isEmpty() ? List.of() : List.of(new Change(Action.CHANGE, wanted.kind(), wanted.name(), before, after));
    }

    private static List<String> surplus(Collection<String> wanted, Collection<String> there) {
        return there.stream().filter(name -> !wanted.contains(name)).toList();
    }
}
