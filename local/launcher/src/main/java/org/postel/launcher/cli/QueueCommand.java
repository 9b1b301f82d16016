package org.postel.launcher.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import org.postel.launcher.UsageException;
import org.postel.launcher.admin.AdminApi;

/** Mail that waits: what it is, why, and what is to become of it. */
final class QueueCommand implements Command {

    private static final String USAGE = """
            usage: ./postel queue list [--domain DESTINATION] [--sender ADDRESS] [--limit COUNT] [--after NEXT]
                   ./postel queue show ID
                   ./postel queue retry ID | --domain DESTINATION
                   ./postel queue hold ID
                   ./postel queue release ID
                   ./postel queue bounce ID
                   ./postel queue delete ID
                   ./postel queue dead list [--limit COUNT] [--after NEXT]
                   ./postel queue dead replay ID
            The list is some seconds late. --sender '<>' lists notifications.""";
    private static final String DOMAIN = "--domain";
    private static final String SENDER = "--sender";
    private static final String LIMIT = "--limit";
    private static final String AFTER = "--after";

    private final AdminApi admin;

    QueueCommand(AdminApi admin) {
        this.admin = admin;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        Arguments given = Arguments.of(arguments, USAGE, DOMAIN, SENDER, LIMIT, AFTER);
        switch (given.verb()) {
            case "list" -> {
                given.nothingMore();
                print(admin.get("/queue" + query(given, DOMAIN, SENDER, LIMIT, AFTER)), "Nothing is queued.");
            }
            case "show" -> admin.get("/queue/" + AdminApi.segment(given.only())).forEach(QueueCommand::print);
            case "retry", "hold", "release", "bounce", "delete" -> order(given);
            case "dead" -> dead(given);
            default -> throw new UsageException(USAGE);
        }
        return DONE;
    }

    private void order(Arguments given) throws IOException {
        if (given.verb().equals("retry") && given.option(DOMAIN).isPresent()) {
            given.nothingMore();
            JsonNode done = admin.post("/queue/retry", Map.of("domain", given.option(DOMAIN).get()));
            System.out.println(done.path("messages").asInt() + " messages are tried again."
                    + (done.path("more").asBoolean() ? " There are more: order it again when these are through." : ""));
            return;
        }
        admin.post("/queue/" + AdminApi.segment(given.only()) + "/" + given.verb(), Map.of());
        System.out.println(given.only() + switch (given.verb()) {
            case "retry" -> " is tried again.";
            case "hold" -> " is held as soon as a worker has it in hand; ./postel queue release " + given.only() + " lets it go on.";
            case "release" -> " goes on.";
            case "bounce" -> " is given up; its sender is told.";
            default -> " is given up; nobody is told.";
        });
    }

    private void dead(Arguments given) throws IOException {
        List<String> words = given.atLeast(1);
        switch (words.getFirst()) {
            case "list" -> print(admin.get("/dead-letters" + query(given, LIMIT, AFTER)), "There are no dead letters.");
            case "replay" -> {
                if (words.size() != 2) {
                    throw new UsageException(USAGE);
                }
                admin.post("/dead-letters/" + AdminApi.segment(words.get(1)) + "/replay", Map.of());
                System.out.println(words.get(1) + " is tried again.");
            }
            default -> throw new UsageException(USAGE);
        }
    }

    private static String query(Arguments given, String... options) {
        String query = List.of(options).stream().filter(option -> given.option(option).isPresent())
                .map(option -> option.substring(2) + "=" + URLEncoder.encode(given.option(option).get(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    private static void print(JsonNode page, String none) {
        page.path("entries").forEach(QueueCommand::print);
        if (page.path("entries").isEmpty() && !page.path("next").isTextual()) {
            System.out.println(none);
        }
        if (page.path("next").isTextual()) {
            System.out.println("There is more: --after " + page.path("next").asText());
        }
    }

    private static void print(JsonNode entry) {
        String to = StreamSupport.stream(entry.path("recipients").spliterator(), false).map(JsonNode::asText).collect(Collectors.joining(", "));
        System.out.println(entry.path("id").asText() + "  " + entry.path("state").asText()
                + " since " + entry.path("since").asText()
                + "  <" + entry.path("sender").asText() + ">" + (to.isEmpty() ? "" : " to " + to)
                + ", " + entry.path("size").asLong() + " octets"
                + (entry.path("attempts").asInt() > 0 ? ", " + entry.path("attempts").asInt() + " attempts" : "")
                + (entry.path("next").isTextual() ? ", next at " + entry.path("next").asText() : ""));
        if (!entry.path("reason").asText().isEmpty()) {
            System.out.println("    " + entry.path("reason").asText());
        }
    }
}
