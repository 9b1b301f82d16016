package org.postel.launcher.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has to be done about one thing.
 *
 * @param before what differs, as it is; empty where the thing is not there yet
 * @param after  the same, as it shall be; empty where the thing goes away
 */
public record Change(Action action, Kind kind, String name, Map<String, Object> before, Map<String, Object> after) {

    /** What happens to it. */
    public enum Action {
        ADD("+"), CHANGE("~"), REMOVE("-");

        private final String sign;

        Action(String sign) {
            this.sign = sign;
        }
    }

    public Change {
        before = Collections.unmodifiableMap(new LinkedHashMap<>(before));
        after = Collections.unmodifiableMap(new LinkedHashMap<>(after));
    }

    /** For a person: a line for the thing, and one for each field. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(action.sign + " " + kind.word() + " " + name));
        after.forEach((field, value) -> lines.add("    " + field + ": " + (action == Action.CHANGE ? shown(field, before.get(field)) + " -> " : "")
                + (field.equals(ConfigFile.PASSWORD_HASH) ? "(not shown)" : shown(field, value))));
        return lines;
    }

    private static String shown(String field, Object value) {
        return value != null ? String.valueOf(value) : field.startsWith(ConfigFile.SENDING) ? "as configured" : "none";
    }
}
