package org.postel.launcher.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.postel.launcher.FailedException;
import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.identity.RandomPassword;

/** What is there, and how it is changed, through the admin API. */
public final class LivePlatform {

    private static final String ACCOUNTS = "/accounts/";
    private static final String QUOTA = "quota.";
    private static final String PROTOCOLS = "protocols.";
    private static final int LARGEST_PASSWORD_FILE = 4 << 10;

    private final AdminApi admin;

    public LivePlatform(AdminApi admin) {
        this.admin = admin;
    }

    /**
     * All domains, accounts and aliases; accounts that were deleted are not there.
     *
     * @param wanted whether an account's quota and role are to be known: they take a call each
     * @throws IOException when there is no answer
     */
    public Map<Kind, Map<String, Thing>> read(Predicate<String> wanted) throws IOException {
        Map<Kind, Map<String, Thing>> there = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            Map<String, Thing> things = new TreeMap<>();
            for (JsonNode each : admin.all("/" + kind.list())) {
                String name = each.path(kind.key()).asText();
                if (each.path("status").asText().equals("deleted")) {
                    continue;
                }
                things.put(name, new Thing(kind, name, switch (kind) {
                    case DOMAIN -> sending(each);
                    case ACCOUNT -> account(each, name, wanted.test(name));
                    case ALIAS -> Map.of(ConfigFile.TARGETS, texts(each.path(ConfigFile.TARGETS)));
                }));
            }
            there.put(kind, things);
        }
        return there;
    }

    /**
     * Makes a change.
     *
     * @param folder where files with passwords are named from
     * @throws IOException when there is no answer, or a file is not to be read
     */
    public void make(Change change, Path folder) throws IOException {
        String path = "/" + change.kind().list();
        String one = path + "/" + AdminApi.segment(change.name());
        switch (change.action()) {
            case REMOVE -> admin.delete(one);
            case ADD -> {
                switch (change.kind()) {
                    case DOMAIN -> {
                        admin.post(path, Map.of("name", change.name()));
                        limits(one, change);
                    }
                    case ALIAS -> admin.post(path, Map.of("address", change.name(), ConfigFile.TARGETS, change.after().get(ConfigFile.TARGETS)));
                    case ACCOUNT -> {
                        admin.post(path, change.after().get(ConfigFile.PASSWORD_HASH) instanceof String hash
                                ? Map.of("address", change.name(), ConfigFile.PASSWORD_HASH, hash)
                                : Map.of("address", change.name(), "password", password(change.after(), folder)));
                        settings(change);
                    }
                }
            }
            case CHANGE -> {
                switch (change.kind()) {
                    case DOMAIN -> limits(one, change);
                    case ALIAS -> admin.put(one, Map.of(ConfigFile.TARGETS, change.after().get(ConfigFile.TARGETS)));
                    case ACCOUNT -> settings(change);
                }
            }
        }
    }

    private Map<String, Object> account(JsonNode account, String name, boolean wanted) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("status", account.path("status").asText());
        account.path("protocols").properties().forEach(each -> fields.put(PROTOCOLS + each.getKey(), each.getValue().asBoolean()));
        fields.putAll(sending(account));
        JsonNode forwarding = account.path("forwarding");
        fields.put("forwarding", forwarding.isObject()
                ? new TreeMap<>(Map.of(ConfigFile.TARGETS, texts(forwarding.path(ConfigFile.TARGETS)), "keep", forwarding.path("keep").asBoolean())) : null);
        if (wanted) {
            JsonNode quota = admin.get(ACCOUNTS + AdminApi.segment(name) + "/quota");
            for (String limit : List.of("bytes", "messages")) {
                fields.put(QUOTA + limit, quota.path(limit).isNumber() ? quota.path(limit).asLong() : null);
            }
            JsonNode role = admin.get(ACCOUNTS + AdminApi.segment(name) + "/role");
            List<String> domains = texts(role.path("domains"));
            fields.put("role", role.path("everywhere").asBoolean() ? "global" : domains.isEmpty() ? null : domains.stream().sorted().toList());
        }
        return fields;
    }

    /** The own sending limits of an account or a domain. */
    private static Map<String, Object> sending(JsonNode thing) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String limit : ConfigFile.SENDING_LIMITS) {
            JsonNode own = thing.path("sending").path(limit);
            fields.put(ConfigFile.SENDING + limit, own.isNumber() ? own.asLong() : null);
        }
        return fields;
    }

    /** All that a domain has to change. */
    private void limits(String path, Change change) throws IOException {
        Map<String, Object> sending = new LinkedHashMap<>();
        change.after().forEach((field, value) -> sending.put(field.substring(ConfigFile.SENDING.length()), value));
        if (!sending.isEmpty()) {
            admin.patch(path, Map.of("sending", sending));
        }
    }

    private void settings(Change change) throws IOException {
        String path = ACCOUNTS + AdminApi.segment(change.name());
        Map<String, Object> patch = new LinkedHashMap<>();
        Map<String, Object> protocols = new LinkedHashMap<>();
        Map<String, Object> sending = new LinkedHashMap<>();
        change.after().forEach((field, value) -> {
            if (field.startsWith(PROTOCOLS)) {
                protocols.put(field.substring(PROTOCOLS.length()), value);
            } else if (field.startsWith(ConfigFile.SENDING)) {
                sending.put(field.substring(ConfigFile.SENDING.length()), value);
            } else if (field.equals("status") || field.equals("forwarding")) {
                patch.put(field, value);
            }
        });
        if (!protocols.isEmpty()) {
            patch.put("protocols", protocols);
        }
        if (!sending.isEmpty()) {
            patch.put("sending", sending);
        }
        if (!patch.isEmpty()) {
            admin.patch(path, patch);
        }
        if (change.after().keySet().stream().anyMatch(field -> field.startsWith(QUOTA))) {
            quota(path + "/quota", change.after());
        }
        if (change.after().containsKey("role")) {
            role(path + "/role", change.after().get("role"));
        }
    }

    /** One limit of two leaves the other as it is. */
    private void quota(String path, Map<String, Object> fields) throws IOException {
        JsonNode now = admin.get(path);
        Map<String, Object> wanted = new LinkedHashMap<>();
        for (String limit : List.of("bytes", "messages")) {
            wanted.put(limit, fields.containsKey(QUOTA + limit) ? fields.get(QUOTA + limit) : now.path(limit).isNumber() ? now.path(limit).asLong() : null);
        }
        admin.put(path, wanted);
    }

    private void role(String path, Object role) throws IOException {
        if (role == null) {
            admin.delete(path);
        } else {
            admin.put(path, role.equals("global") ? Map.of("everywhere", true) : Map.of("domains", role));
        }
    }

    /** Without a file nobody knows it, until an administrator gives another. */
    private static String password(Map<String, Object> fields, Path folder) throws IOException {
        if (!(fields.get(ConfigFile.PASSWORD_FILE) instanceof String name)) {
            return RandomPassword.next();
        }
        Path file = folder.resolve(name);
        if (Files.size(file) > LARGEST_PASSWORD_FILE) {
            throw new FailedException(file + " is no file with a password: it is too large.");
        }
        return Files.readString(file).lines().findFirst().filter(line -> !line.isBlank())
                .orElseThrow(() -> new FailedException(file + " has no password in its first line."));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
