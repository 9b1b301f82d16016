package org.postel.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postel.launcher.UsageException;
import org.postel.launcher.admin.AdminApi;

/** {@code account show}, {@code set}, {@code forward} and {@code vacation}: what an account may do, and what happens to its mail. */
final class AccountSettings {

    private static final String SUSPENDED = "--suspended";
    private static final String KEEP = "--keep";
    private static final String NONE = "none";
    private static final String DAYS = "--days";
    /** Of a vacation, with the fields that they set. */
    private static final List<String> WORDS = List.of("subject", "text", "start", "end");
    private static final List<String> PROTOCOLS = List.of("imap", "pop3", "submission");

    /** The options of {@code set}, {@code forward} and {@code vacation}. */
    static final List<String> OPTIONS = List.of("--imap", "--pop3", "--submission", SUSPENDED, KEEP, "--subject", "--text", "--start", "--end", DAYS);

    private final AdminApi admin;
    private final String usage;

    AccountSettings(AdminApi admin, String usage) {
        this.admin = admin;
        this.usage = usage;
    }

    void show(String address) throws IOException {
        print(admin.get(path(address)));
    }

    /** Changes what is given; what is not stays. */
    void set(String address, Arguments given) throws IOException {
        Map<String, Object> patch = new LinkedHashMap<>();
        Map<String, Object> protocols = new LinkedHashMap<>();
        PROTOCOLS.forEach(protocol -> given.option("--" + protocol).ifPresent(value -> protocols.put(protocol, on(value))));
        if (!protocols.isEmpty()) {
            patch.put("protocols", protocols);
        }
        given.option(SUSPENDED).ifPresent(value -> patch.put("status", on(value) ? "disabled" : "active"));
        if (patch.isEmpty()) {
            throw new UsageException(usage);
        }
        print(admin.patch(path(address), patch));
    }

    /**
     * Sends an account's mail on, or no longer.
     *
     * @param names the account, then where to
     */
    void forward(List<String> names, Arguments given) throws IOException {
        List<String> targets = names.subList(1, names.size());
        Map<String, Object> patch = new LinkedHashMap<>();
        if (targets.equals(List.of(NONE))) {
            patch.put("forwarding", null);
        } else {
            Map<String, Object> forwarding = new LinkedHashMap<>();
            forwarding.put("targets", targets);
            given.option(KEEP).ifPresent(value -> forwarding.put("keep", on(value)));
            patch.put("forwarding", forwarding);
        }
        print(admin.patch(path(names.getFirst()), patch));
    }

    /**
     * Answers who writes to the account, or no longer; what is not given stays, and {@code none} takes a day away.
     *
     * @param names the account, and perhaps {@code on}, {@code off}, or {@code none}, which forgets its words
     */
    void vacation(List<String> names, Arguments given) throws IOException {
        Map<String, Object> vacation = new LinkedHashMap<>();
        WORDS.forEach(word -> given.option("--" + word).ifPresent(value -> vacation.put(word, value.equals(NONE) ? null : value)));
        given.option(DAYS).ifPresent(value -> vacation.put("periodDays", number(value)));
        if (names.size() > 2 || (names.size() == 2) != vacation.isEmpty()) {
            throw new UsageException(usage);
        }
        String word = names.size() == 2 ? names.get(1) : "on";
        Map<String, Object> patch = new LinkedHashMap<>();
        if (word.equals(NONE)) {
            patch.put("vacation", null);
        } else {
            vacation.put("on", on(word));
            patch.put("vacation", vacation);
        }
        print(admin.patch(path(names.getFirst()), patch));
    }

    private int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException notANumber) {
            throw new UsageException(usage);
        }
    }

    private boolean on(String value) {
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new UsageException(usage);
        };
    }

    private static String path(String address) {
        return "/accounts/" + AdminApi.segment(address);
    }

    private static String time(String word, JsonNode time) {
        return time.isTextual() ? word + time.asText() : "";
    }

    private static void print(JsonNode account) {
        System.out.println(account.path("address").asText() + (account.path("status").asText().equals("active") ? "" : " (suspended)"));
        List<String> switches = new ArrayList<>();
        account.path("protocols").properties().forEach(each -> switches.add(each.getKey() + (each.getValue().asBoolean() ? " on" : " off")));
        System.out.println("  " + String.join(", ", switches));
        List<String> aliases = new ArrayList<>();
        account.path("aliases").forEach(alias -> aliases.add(alias.asText()));
        if (!aliases.isEmpty()) {
            System.out.println("  also " + String.join(", ", aliases));
        }
        JsonNode forwarding = account.path("forwarding");
        if (forwarding.isObject()) {
            List<String> targets = new ArrayList<>();
            forwarding.path("targets").forEach(target -> targets.add(target.asText()));
            System.out.println("  forwards to " + String.join(", ", targets)
                    + (forwarding.path("keep").asBoolean() ? " and keeps a copy" : " and keeps none"));
        }
        JsonNode vacation = account.path("vacation");
        if (vacation.isObject()) {
            System.out.println("  answers \"" + vacation.path("subject").asText() + "\"" + time(" from ", vacation.path("start"))
                    + time(" until ", vacation.path("end")) + ", each sender once in " + vacation.path("periodDays").asInt() + " days"
                    + (vacation.path("on").asBoolean(true) ? "" : " (switched off)"));
        }
    }
}
