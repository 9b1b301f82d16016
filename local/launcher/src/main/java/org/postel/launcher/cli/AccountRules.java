package org.postel.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postel.launcher.FailedException;
import org.postel.launcher.UsageException;
import org.postel.launcher.admin.AdminApi;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** {@code account rules}: what happens to an account's mail when it comes, as YAML that can be changed and given back. */
final class AccountRules {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 64 << 10;

    private final AdminApi admin;
    private final String usage;

    AccountRules(AdminApi admin, String usage) {
        this.admin = admin;
        this.usage = usage;
    }

    /** @param words the account's address, and perhaps what is to be done */
    void run(List<String> words) throws IOException {
        if (words.isEmpty() || words.getFirst().startsWith("--")) {
            throw new UsageException(usage);
        }
        String path = "/accounts/" + AdminApi.segment(words.getFirst()) + "/rules";
        switch (words.size() + (words.size() > 1 ? words.get(1) : "")) {
            case "1" -> print(admin.get(path));
            case "2--sieve" -> System.out.print(admin.text(path + "/sieve"));
            case "3--set" -> set(path, Path.of(words.get(2)));
            default -> throw new UsageException(usage);
        }
    }

    private void set(String path, Path file) throws IOException {
        try {
            if (Files.size(file) > LONGEST) {
                throw new FailedException(file + " is longer than rules can be");
            }
            JsonNode now = admin.put(path, read(file));
            System.out.println(now.path("rules").size() + " rules, for mail that is accepted from " + now.path("since").asText() + " on.");
        } catch (NoSuchFileException e) {
            throw new FailedException("There is no file " + file, e);
        }
    }

    /** JSON is YAML too. */
    private static Map<String, Object> read(Path file) throws IOException {
        LoaderOptions limits = new LoaderOptions();
        limits.setMaxAliasesForCollections(0);
        limits.setAllowDuplicateKeys(false);
        try {
            if (new Yaml(new SafeConstructor(limits)).load(Files.readString(file)) instanceof Map<?, ?> fields) {
                Map<String, Object> rules = new LinkedHashMap<>();
                fields.forEach((name, value) -> rules.put(String.valueOf(name), value));
                return rules;
            }
        } catch (YAMLException e) {
            throw new FailedException(file + " is neither YAML nor JSON: " + e.getMessage(), e);
        }
        throw new FailedException(file + " has no field \"rules\"");
    }

    private static void print(JsonNode answer) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        System.out.print(new Yaml(options).dump(Map.of("rules", JSON.convertValue(answer.path("rules"), List.class))));
    }
}
