package org.postel.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.postel.launcher.UsageException;
import org.postel.launcher.admin.AdminApi;

/** What programs call the admin API with. */
final class TokenCommand implements Command {

    private static final String USAGE = """
            usage: ./postel token create [NAME] --scope SCOPE[,SCOPE...] [--domain DOMAIN[,DOMAIN...]] [--account ADDRESS] [--days N]
                   ./postel token list
                   ./postel token revoke ID
            Scopes: domains, accounts, aliases, queue, each with :read or :write, and audit:read. Without --days a token lives for 30.
            With --account it is good within that account's role only, and ends with it.""";
    private static final String SCOPE = "--scope";
    private static final String DOMAIN = "--domain";
    private static final String ACCOUNT = "--account";
    private static final String DAYS = "--days";
    private static final int USUAL_DAYS = 30;

    private final AdminApi admin;

    TokenCommand(AdminApi admin) {
        this.admin = admin;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        Arguments given = Arguments.of(arguments, USAGE, SCOPE, DOMAIN, ACCOUNT, DAYS);
        switch (given.verb()) {
            case "create" -> create(given);
            case "list" -> {
                given.nothingMore();
                list();
            }
            case "revoke" -> {
                admin.delete("/tokens/" + AdminApi.segment(given.only()));
                System.out.println(given.only() + " opens nothing any more.");
            }
            default -> throw new UsageException(USAGE);
        }
        return DONE;
    }

    private void create(Arguments given) throws IOException {
        List<String> names = given.atLeast(0);
        if (names.size() > 1 || given.option(SCOPE).isEmpty()) {
            throw new UsageException(USAGE);
        }
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("name", names.isEmpty() ? "command line" : names.getFirst());
        wanted.put("scopes", List.of(given.option(SCOPE).get().split(",")));
        given.option(DOMAIN).ifPresent(domains -> wanted.put("domains", List.of(domains.split(","))));
        given.option(ACCOUNT).ifPresent(account -> wanted.put("account", account));
        wanted.put("days", given.option(DAYS).map(TokenCommand::number).orElse(USUAL_DAYS));
        JsonNode made = admin.post("/tokens", wanted);
        print(made.path("token"));
        System.out.println("It is shown here only:");
        System.out.println(made.path("text").asText());
    }

    private void list() throws IOException {
        JsonNode tokens = admin.get("/tokens");
        tokens.forEach(TokenCommand::print);
        if (tokens.isEmpty()) {
            System.out.println("There are no tokens.");
        }
    }

    private static int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException notANumber) {
            throw new UsageException(USAGE);
        }
    }

    private static void print(JsonNode token) {
        System.out.println(token.path("id").asText() + "  " + token.path("name").asText() + ": " + words(token.path("scopes"))
                + (token.path("domains").isArray() ? " of " + words(token.path("domains")) : "")
                + ", until " + token.path("ends").asText() + ", made by " + token.path("maker").asText());
    }

    private static String words(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).collect(Collectors.joining(", "));
    }
}
