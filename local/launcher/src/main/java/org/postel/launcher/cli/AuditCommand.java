package org.postel.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.postel.launcher.admin.AdminApi;

/** What administrators did. */
final class AuditCommand implements Command {

    private static final String USAGE = """
            usage: ./postel audit [--day DAY] [--limit COUNT] [--after NEXT]
            The newest acts of a day of UTC first; without --day of today.""";
    private static final String DAY = "--day";
    private static final String LIMIT = "--limit";
    private static final String AFTER = "--after";

    private final AdminApi admin;

    AuditCommand(AdminApi admin) {
        this.admin = admin;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        Arguments given = Arguments.of(Stream.concat(Stream.of("list"), arguments.stream()).toList(), USAGE, DAY, LIMIT, AFTER);
        given.nothingMore();
        String query = Stream.of(DAY, LIMIT, AFTER).filter(option -> given.option(option).isPresent())
                .map(option -> option.substring(2) + "=" + URLEncoder.encode(given.option(option).get(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        JsonNode page = admin.get("/audit" + (query.isEmpty() ? "" : "?" + query));
        page.path("entries").forEach(AuditCommand::print);
        if (page.path("next").isTextual()) {
            System.out.println("There is more: --after " + page.path("next").asText());
        } else if (page.path("entries").isEmpty()) {
            System.out.println("Nothing was done.");
        }
        return DONE;
    }

    private static void print(JsonNode entry) {
        System.out.println(entry.path("at").asText() + "  " + entry.path("who").asText() + " from " + entry.path("from").asText() + ": "
                + entry.path("what").asText() + " " + entry.path("on").asText()
                + (entry.path("detail").asText().isEmpty() ? "" : " " + entry.path("detail").asText()) + ": " + entry.path("outcome").asText());
    }
}
