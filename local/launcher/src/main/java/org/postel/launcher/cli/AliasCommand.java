package org.postel.launcher.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.UsageException;

/** Addresses that lead to others. */
final class AliasCommand implements Command {

    private static final String USAGE = """
            usage: ./postel alias add ADDRESS TARGET...
                   ./postel alias change ADDRESS TARGET...
                   ./postel alias list
                   ./postel alias remove ADDRESS""";

    private final AdminApi admin;

    AliasCommand(AdminApi admin) {
        this.admin = admin;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        Arguments given = Arguments.of(arguments, USAGE);
        switch (given.verb()) {
            case "add" -> {
                List<String> names = given.atLeast(2);
                admin.post("/aliases", Map.of("address", names.getFirst(), "targets", names.subList(1, names.size())));
                System.out.println(names.getFirst() + " leads to " + String.join(", ", names.subList(1, names.size())) + ".");
            }
            case "change" -> {
                List<String> names = given.atLeast(2);
                admin.put("/aliases/" + AdminApi.segment(names.getFirst()), Map.of("targets", names.subList(1, names.size())));
                System.out.println(names.getFirst() + " leads to " + String.join(", ", names.subList(1, names.size())) + " from now on.");
            }
            case "list" -> {
                given.nothingMore();
                list();
            }
            case "remove" -> {
                String address = given.only();
                admin.delete("/aliases/" + AdminApi.segment(address));
                System.out.println(address + " leads nowhere any more.");
            }
            default -> throw new UsageException(USAGE);
        }
        return DONE;
    }

    private void list() throws IOException {
        admin.all("/aliases").forEach(AliasCommand::print);
    }

    private static void print(JsonNode alias) {
        String targets = StreamSupport.stream(alias.path("targets").spliterator(), false).map(JsonNode::asText)
                .collect(Collectors.joining(", "));
        System.out.println(alias.path("address").asText() + " -> " + targets);
    }
}
