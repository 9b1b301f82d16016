package org.postel.launcher.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.UsageException;

/** The domains whose mail is ours. */
final class DomainCommand implements Command {

    private static final String USAGE = """
            usage: ./postel domain add DOMAIN
                   ./postel domain list
                   ./postel domain remove DOMAIN
                   ./postel domain limits DOMAIN [--messages-per-hour N|none|configured] [--recipients-per-hour N|none|configured]
                                                 [--messages-per-day N|none|configured] [--recipients-per-day N|none|configured]""";
    private static final String[] OPTIONS = SendingLimits.OPTIONS.toArray(String[]::new);

    private final AdminApi admin;

    DomainCommand(AdminApi admin) {
        this.admin = admin;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        Arguments given = Arguments.of(arguments, USAGE, OPTIONS);
        switch (given.verb()) {
            case "add" -> {
                String domain = given.only();
                admin.post("/domains", Map.of("name", domain));
                System.out.println("Mail for " + domain + " is ours now.");
            }
            case "list" -> {
                given.nothingMore();
                admin.all("/domains").forEach(domain -> System.out.println(domain.path("name").asText()));
            }
            case "remove" -> {
                String domain = given.only();
                admin.delete("/domains/" + AdminApi.segment(domain));
                System.out.println("Mail for " + domain + " is not ours any more.");
            }
            case "limits" -> new SendingLimits(admin, USAGE).ofDomain(given.only(), given);
            default -> throw new UsageException(USAGE);
        }
        return DONE;
    }
}
