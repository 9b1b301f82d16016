package org.postel.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postel.launcher.UsageException;
import org.postel.launcher.admin.AdminApi;

/** {@code account limits} and {@code domain limits}: how much an account, or a domain, may send. */
final class SendingLimits {

    private static final List<Limit> LIMITS = List.of(new Limit("--messages-per-hour", "messagesPerHour", "messages in an hour"),
            new Limit("--recipients-per-hour", "recipientsPerHour", "recipients in an hour"), new Limit("--messages-per-day", "messagesPerDay", "messages in a day"),
            new Limit("--recipients-per-day", "recipientsPerDay", "recipients in a day"));
    static final List<String> OPTIONS = LIMITS.stream().map(Limit::option).toList();
    private static final String NONE = "none";
    private static final String CONFIGURED = "configured";

    private final AdminApi admin;
    private final String usage;

    SendingLimits(AdminApi admin, String usage) {
        this.admin = admin;
        this.usage = usage;
    }

    /**
     * One of them.
     *
     * @param option that sets it
     * @param field  of the JSON
     * @param words  for a person
     */
    private record Limit(String option, String field, String words) {}

    /** Shows an account's. */
    void ofAccount(String address, Arguments given) throws IOException {
        JsonNode account = made("/accounts/" + AdminApi.segment(address), given);
        System.out.println(account.path("address").asText() + " may send " + shown(account.path("sending")) + ".");
    }

    /** Shows those of all accounts of a domain together. */
    void ofDomain(String name, Arguments given) throws IOException {
        JsonNode domain = made("/domains/" + AdminApi.segment(name), given);
        System.out.println("All accounts of " + domain.path("name").asText() + " together may send " + shown(domain.path("sending")) + ".");
    }

    /** What is given is changed, and what is not stays. */
    private JsonNode made(String path, Arguments given) throws IOException {
        Map<String, Object> wanted = new LinkedHashMap<>();
        LIMITS.forEach(each -> given.option(each.option()).ifPresent(value -> wanted.put(each.field(), limit(value))));
        return wanted.isEmpty() ? admin.get(path) : admin.patch(path, Map.of("sending", wanted));
    }

    /** Which limits are not as configured. */
    private static String shown(JsonNode sending) {
        List<String> own = new ArrayList<>();
        LIMITS.forEach(each -> {
            JsonNode limit = sending.path(each.field());
            if (limit.isNumber()) {
                own.add((limit.asInt() == 0 ? "any number of" : limit.asText()) + " " + each.words());
            }
        });
        return own.isEmpty() ? "as configured" : String.join(", ", own) + (own.size() < LIMITS.size() ? ", else as configured" : "");
    }

    private Integer limit(String value) {
        try {
            return switch (value) {
                case NONE -> 0;
                case CONFIGURED -> null;
                default -> Integer.valueOf(value);
            };
        } catch (NumberFormatException notANumber) {
            throw new UsageException(usage);
        }
    }
}
