package org.postel.launcher.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import org.postel.launcher.UsageException;
import org.postel.launcher.admin.AdminApi;

/** Where a mail went: one line for each step. */
final class TraceCommand implements Command {

    private static final String USAGE = "usage: ./postel trace MESSAGE-ID | QUEUE-ID";

    private final AdminApi admin;

    TraceCommand(AdminApi admin) {
        this.admin = admin;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        if (arguments.size() != 1 || arguments.getFirst().isBlank() || arguments.getFirst().startsWith("--")) {
            throw new UsageException(USAGE);
        }
        admin.get("/trace?id=" + URLEncoder.encode(arguments.getFirst(), StandardCharsets.UTF_8)).forEach(TraceCommand::print);
        return DONE;
    }

    private static void print(JsonNode journey) {
        System.out.println(journey.path("id").asText());
        journey.path("steps").forEach(step -> System.out.println("  " + step.path("at").asText() + "  " + step.path("host").asText() + "  "
                + step.path("step").asText() + recipient(step) + (step.path("detail").asText().isEmpty() ? "" : ": " + step.path("detail").asText())));
    }

    private static String recipient(JsonNode step) {
        String original = step.path("original").asText();
        String recipient = step.path("recipient").asText();
        return (recipient.isEmpty() ? "" : " " + recipient) + (original.isEmpty() || original.equals(recipient) ? "" : " (for " + original + ")");
    }
}
