package org.postel.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.postel.launcher.admin.AdminApi;

/** What an account administers. */
final class AccountRole {

    private final AdminApi admin;

    AccountRole(AdminApi admin) {
        this.admin = admin;
    }

    /**
     * Shows it, or changes it before.
     *
     * @param names the account, and then {@code none}, {@code global} or domains
     */
    void run(List<String> names) throws IOException {
        String path = "/accounts/" + AdminApi.segment(names.getFirst()) + "/role";
        List<String> wanted = names.subList(1, names.size());
        if (wanted.equals(List.of("none"))) {
            admin.delete(path);
        } else if (!wanted.isEmpty()) {
            admin.put(path, wanted.equals(List.of("global")) ? Map.of("everywhere", true) : Map.of("domains", wanted));
        }
        System.out.println(names.getFirst() + " administers " + told(admin.get(path)));
    }

    private static String told(JsonNode role) {
        String domains = StreamSupport.stream(role.path("domains").spliterator(), false).map(JsonNode::asText).collect(Collectors.joining(", "));
        return role.path("everywhere").asBoolean() ? "everything." : domains.isEmpty() ? "nothing." : domains + ".";
    }
}
