package org.postel.launcher.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import org.postel.launcher.UsageException;
import org.postel.launcher.admin.AdminApi;

/** Addresses that mail is not sent to, for their servers said that they do not exist. */
final class SuppressionCommand implements Command {

    private static final String USAGE = """
            usage: ./postel suppression list [--limit N] [--after NEXT]
                   ./postel suppression remove ADDRESS""";

    private static final String LIMIT = "--limit";
    private static final String AFTER = "--after";

    private final AdminApi admin;

    SuppressionCommand(AdminApi admin) {
        this.admin = admin;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        Arguments given = Arguments.of(arguments, USAGE, LIMIT, AFTER);
        switch (given.verb()) {
            case "list" -> {
                given.nothingMore();
                print(admin.get("/suppressions" + query(given)));
            }
            case "remove" -> {
                admin.delete("/suppressions/" + AdminApi.segment(given.only()));
                System.out.println("Mail to " + given.only() + " is tried again.");
            }
            default -> throw new UsageException(USAGE);
        }
        return DONE;
    }

    private static String query(Arguments given) {
        String query = Stream.of(LIMIT, AFTER).filter(option -> given.option(option).isPresent())
                .map(option -> option.substring(2) + "=" + URLEncoder.encode(given.option(option).get(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    private static void print(JsonNode page) {
        page.path("entries").forEach(entry -> System.out.println(
                entry.path("address").asText() + "  since " + entry.path("since").asText() + "  " + entry.path("reply").asText()));
        if (page.path("entries").isEmpty()) {
            System.out.println("No address is suppressed.");
        }
        if (page.path("next").isTextual()) {
            System.out.println("There is more: --after " + page.path("next").asText());
        }
    }
}
