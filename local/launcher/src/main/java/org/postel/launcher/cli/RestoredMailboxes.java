package org.postel.launcher.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;

import org.postel.launcher.admin.AdminApi;

/** What data of a backup needs before anybody sees it: each mailbox goes on beyond the UIDs and MODSEQs that it had given. */
public final class RestoredMailboxes {

    /** Of one part: an account may have thousands of mailboxes. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final AdminApi admin;

    /** Those of the platform that this API is of. */
    public RestoredMailboxes(AdminApi admin) {
        this.admin = admin;
    }

    /**
     * Goes through all accounts, in parts. Done twice it leaves out as many UIDs again, and harms nothing.
     *
     * @param beforeEach done before each part: all together may outlive a token
     * @param progress told a line for each part
     * @throws UncheckedIOException when there is no answer
     * @throws org.postel.launcher.FailedException with the API's own words when it refuses
     */
    public void advance(Runnable beforeEach, Consumer<String> progress) {
        String after = "";
        int accounts = 0;
        int mailboxes = 0;
        do {
            beforeEach.run();
            JsonNode part = part(after);
            accounts += part.path("accounts").asInt();
            mailboxes += part.path("mailboxes").asInt();
            after = part.path("next").asText("");
            progress.accept("%d mailboxes of %d accounts give no UID again%s".formatted(mailboxes, accounts, after.isEmpty() ? "." : " ..."));
        } while (!after.isEmpty());
    }

    private JsonNode part(String after) {
        try {
            return admin.post("/restored/mailboxes?after=" + URLEncoder.encode(after, StandardCharsets.UTF_8), LIMIT);
        } catch (IOException failed) {
            throw new UncheckedIOException("Mailboxes could not be let go on beyond the UIDs that they gave, so nobody was let in: " + failed.getMessage(), failed);
        }
    }
}
