package org.postel.bench.stack;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.postel.bench.load.Account;
import org.postel.bench.load.Crew;
import org.postel.launcher.admin.AdminApi;

/** The accounts of the load. */
final class PostelAccounts {

    /** All addresses of the load are here. */
    static final String DOMAIN = "bench.example.test";
    private static final int AT_ONCE = 4;
    private static final String PASSWORD = "bench-secret";

    private PostelAccounts() {
    }

    /** Numbered from 1. */
    static List<Account> named(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(number -> new Account("user" + number + "@" + DOMAIN, PASSWORD)).toList();
    }

    /** Makes those that are missing. */
    static List<Account> made(AdminApi admin, int count) throws IOException {
        Set<String> there = new HashSet<>();
        admin.all("/accounts").forEach(one -> there.add(one.path("address").asText()));
        List<Account> wanted = named(count);
        List<Account> missing = wanted.stream().filter(account -> !there.contains(account.address())).toList();
        Crew.run(AT_ONCE, member -> {
            for (int i = member; i < missing.size(); i += AT_ONCE) {
                admin.post("/accounts", Map.of("address", missing.get(i).address(), "password", PASSWORD));
            }
        });
        return wanted;
    }
}
