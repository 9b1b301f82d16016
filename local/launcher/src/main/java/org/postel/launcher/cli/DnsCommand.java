package org.postel.launcher.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import org.postel.launcher.UsageException;
import org.postel.launcher.admin.AdminApi;

/** What a domain publishes in DNS, as lines of a zone file, and whether it does. */
final class DnsCommand implements Command {

    private static final String USAGE = """
            usage: ./postel dns DOMAIN [--check]
            With --check each line is compared with what DNS says now; the exit code is 1 when one differs.""";
    private static final String CHECK = "--check";
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    private final AdminApi admin;
    private final boolean coloured;

    /** @param coloured whether a person looks at it */
    DnsCommand(AdminApi admin, boolean coloured) {
        this.admin = admin;
        this.coloured = coloured;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        List<String> names = new ArrayList<>(arguments);
        boolean check = names.remove(CHECK);
        if (names.size() != 1 || names.getFirst().startsWith("--")) {
            throw new UsageException(USAGE);
        }
        JsonNode zone = admin.get("/domains/" + AdminApi.segment(names.getFirst()) + "/dns" + (check ? "?check=true" : ""));
        zone.path("notes").forEach(note -> System.out.println("; " + note.asText()));
        boolean right = true;
        for (JsonNode record : zone.path("records")) {
            right &= check ? checked(record) : shown(record);
        }
        return right ? DONE : FAILED;
    }

    private static boolean shown(JsonNode record) {
        System.out.println(record.path("line").asText());
        return true;
    }

    private boolean checked(JsonNode record) {
        String state = record.path("state").asText();
        boolean right = state.equals("ok");
        String line = String.format("%-10s  %s", state.replace('_', ' '), record.path("line").asText());
        System.out.println(coloured ? (right ? GREEN : RED) + line + PLAIN : line);
        record.path("found").forEach(found -> System.out.println("            there is: " + found.asText()));
        return right;
    }
}
