package org.postel.launcher.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import org.postel.launcher.UsageException;
import org.postel.launcher.admin.AdminApi;

/** What follows when the data was restored from a backup: each mailbox goes on beyond the UIDs and MODSEQs that it had given. */
final class RestoredCommand implements Command {

    private static final String USAGE = "usage: ./postel restored [--after NEXT]";
    private static final String AFTER = "--after";
    /** Of one part: an account may have thousands of mailboxes. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final AdminApi admin;

    RestoredCommand(AdminApi admin) {
        this.admin = admin;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        String after = after(arguments);
        int accounts = 0;
        int mailboxes = 0;
        do {
            JsonNode part = admin.post("/restored/mailboxes?after=" + URLEncoder.encode(after, StandardCharsets.UTF_8), LIMIT);
            accounts += part.path("accounts").asInt();
            mailboxes += part.path("mailboxes").asInt();
            after = part.path("next").asText("");
            if (!after.isEmpty()) {
                System.out.println(accounts + " accounts; what is cut off here goes on with --after " + after);
            }
        } while (!after.isEmpty());
        System.out.println(mailboxes + " mailboxes of " + accounts + " accounts give no UID again.");
        return DONE;
    }

    private static String after(List<String> arguments) {
        if (arguments.isEmpty()) {
            return "";
        }
        if (arguments.size() != 2 || !arguments.getFirst().equals(AFTER)) {
            throw new UsageException(USAGE);
        }
        return arguments.get(1);
    }
}
