package org.postel.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postel.launcher.UsageException;
import org.postel.launcher.admin.AdminApi;

/** {@code account app-password}: passwords for single programs. */
final class AppPasswords {

    /** What a new one opens; without it, everything. */
    static final String PROTOCOLS = "--protocols";

    private final AdminApi admin;
    private final String usage;

    AppPasswords(AdminApi admin, String usage) {
        this.admin = admin;
        this.usage = usage;
    }

    void run(Arguments given) throws IOException {
        List<String> names = given.atLeast(2);
        String path = "/accounts/" + AdminApi.segment(names.get(1)) + "/app-passwords";
        switch (names.getFirst() + " " + names.size()) {
            case "add 3" -> add(path, names.get(2), given);
            case "list 2" -> admin.get(path).forEach(AppPasswords::print);
            case "remove 3" -> {
                admin.delete(path + "/" + AdminApi.segment(names.get(2)));
                System.out.println(names.get(2) + " opens nothing any more.");
            }
            default -> throw new UsageException(usage);
        }
    }

    private void add(String path, String name, Arguments given) throws IOException {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("name", name);
        given.option(PROTOCOLS).ifPresent(protocols -> wanted.put("protocols", List.of(protocols.split(","))));
        JsonNode made = admin.post(path, wanted);
        System.out.println("The password for " + name + " is " + made.path("password").asText() + " and is not shown again.");
    }

    private static void print(JsonNode app) {
        List<String> protocols = new ArrayList<>();
        app.path("protocols").forEach(protocol -> protocols.add(protocol.asText()));
        JsonNode use = app.path("lastUse");
        String used = use.isObject()
                ? "used " + use.path("at").asText() + " for " + use.path("protocol").asText() + " from " + use.path("address").asText()
                : "never used";
        System.out.println(app.path("id").asText() + "  " + app.path("name").asText() + " (" + String.join(", ", protocols) + "), " + used);
    }
}
