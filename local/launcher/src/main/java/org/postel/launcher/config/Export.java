package org.postel.launcher.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Writes what is there as a file that can be applied; passwords are not in it. */
public final class Export {

    private Export() {
    }

    /** The text of the file. */
    public static String of(Map<Kind, Map<String, Thing>> there) {
        Map<String, Object> root = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            List<Object> all = new ArrayList<>();
            there.get(kind).values().forEach(thing -> all.add(written(thing)));
            root.put(kind.list(), all);
        }
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        return new Yaml(options).dump(root);
    }

    private static Map<String, Object> written(Thing thing) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put(thing.kind().key(), thing.name());
        thing.fields().forEach((field, value) -> {
            int dot = field.indexOf('.');
            if (dot < 0) {
                written.put(field, value);
            } else {
                group(written, field.substring(0, dot)).put(field.substring(dot + 1), value);
            }
        });
        return written;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> group(Map<String, Object> written, String name) {
        return (Map<String, Object>) written.computeIfAbsent(name, absent -> new LinkedHashMap<String, Object>());
    }
}
