package org.postel.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postel.launcher.UsageException;
import org.postel.launcher.admin.AdminApi;

/** {@code account limits}: how much an account may send. */
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
     * @param field  of the account's JSON
     * @param words  for a person
     */
    private record Limit(String option, String field, String words) {}

    /** Shows them; what is given is changed before, and what is not stays. */
    void run(String address, Arguments given) throws IOException {
        String path = "/accounts/" + AdminApi.segment(address);
        Map<String, Object> wanted = new LinkedHashMap<>();
        LIMITS.forEach(each -> given.option(each.option()).ifPresent(value -> wanted.put(each.field(), limit(value))));
        JsonNode account = wanted.isEmpty() ? admin.get(path) : admin.patch(path, Map.of("sending", wanted));
        System.out.println(account.path("address").asText() + " may send " + shown(account.path("sending")) + ".");
    }

    /** What of an account's limits is its own. */
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
