package org.postel.launcher.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import org.postel.launcher.UsageException;
import org.postel.launcher.admin.AdminApi;

/** The keys that sign mail of a domain. */
final class DkimCommand implements Command {

    private static final String USAGE = """
            usage: ./postel dkim list DOMAIN
                   ./postel dkim rotate DOMAIN [--now]
                   ./postel dkim remove DOMAIN SELECTOR
            New keys sign some days after their records are in DNS (./postel dns DOMAIN shows them); with --now at once.""";
    private static final String NOW = "--now";

    private final AdminApi admin;

    DkimCommand(AdminApi admin) {
        this.admin = admin;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        List<String> words = new ArrayList<>(arguments);
        boolean now = words.remove(NOW);
        Arguments given = Arguments.of(words, USAGE);
        if (now && !given.verb().equals("rotate")) {
            throw new UsageException(USAGE);
        }
        switch (given.verb()) {
            case "list" -> print(admin.get(path(given.only())));
            case "rotate" -> {
                print(admin.post(path(given.only()) + "/rotate", Map.of("now", now)));
                System.out.println("Publish what ./postel dns " + given.only() + " shows.");
            }
            case "remove" -> remove(given.atLeast(2));
            default -> throw new UsageException(USAGE);
        }
        return DONE;
    }

    private void remove(List<String> names) throws IOException {
        if (names.size() != 2) {
            throw new UsageException(USAGE);
        }
        admin.delete(path(names.getFirst()) + "/" + AdminApi.segment(names.get(1)));
        System.out.println(names.get(1) + " is forgotten. Take its record out of DNS.");
    }

    private static String path(String domain) {
        return "/domains/" + AdminApi.segment(domain) + "/dkim";
    }

    private static void print(JsonNode keys) {
        keys.forEach(key -> System.out.println(key.path("selector").asText() + "  " + key.path("algorithm").asText() + "  "
                + key.path("state").asText() + ", made " + key.path("createdAt").asText()
                + (key.path("signsFrom").isTextual() ? ", signs from " + key.path("signsFrom").asText() : "")));
    }
}
