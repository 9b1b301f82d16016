package org.postel.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.postel.launcher.admin.AdminApi;

/** {@code account log-ins}: who logged in to an account lately, or tried, and which sessions are in use. */
final class LogIns {

    private final AdminApi admin;

    LogIns(AdminApi admin) {
        this.admin = admin;
    }

    void show(String address) throws IOException {
        JsonNode told = admin.get("/accounts/" + AdminApi.segment(address) + "/log-ins");
        told.path("sessions").forEach(session -> System.out.println("in use    " + session.path("protocol").asText() + " from "
                + session.path("address").asText() + app(session) + ", since " + session.path("opened").asText()));
        told.path("logIns").forEach(login -> System.out.println(login.path("last").asText() + "  " + login.path("result").asText() + "  "
                + login.path("protocol").asText() + " by " + login.path("mechanism").asText() + " from " + from(login) + app(login) + times(login)));
        if (told.path("logIns").isEmpty()) {
            System.out.println("Nobody logged in to " + address + " lately.");
        }
    }

    private static String from(JsonNode login) {
        return login.path("address").asText().isEmpty() ? "many more addresses" : login.path("address").asText();
    }

    private static String app(JsonNode of) {
        return of.path("appPassword").isTextual() ? " with \"" + of.path("appPassword").asText() + "\"" : "";
    }

    private static String times(JsonNode login) {
        long count = login.path("count").asLong();
        return count == 1 ? "" : ", " + count + " times that day since " + login.path("first").asText();
    }
}
