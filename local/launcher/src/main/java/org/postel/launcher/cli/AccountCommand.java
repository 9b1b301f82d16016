package org.postel.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.UsageException;
import org.postel.launcher.identity.RandomPassword;

/** Who has a mailbox. */
final class AccountCommand implements Command {

    private static final String USAGE = """
            usage: ./postel account add ADDRESS [--password PASSWORD]
                   ./postel account list
                   ./postel account remove ADDRESS [--now]
                   ./postel account deleted
                   ./postel account restore ADDRESS
                   ./postel account password ADDRESS [--password PASSWORD]
                   ./postel account show ADDRESS
                   ./postel account set ADDRESS [--imap on|off] [--pop3 on|off] [--submission on|off] [--suspended on|off]
                   ./postel account forward ADDRESS none|TARGET... [--keep on|off]
                   ./postel account vacation ADDRESS on|off|none | [--subject S] [--text T] [--start DAY] [--end DAY] [--days N]
                   ./postel account app-password add ADDRESS NAME [--protocols imap,pop3,submission]
                   ./postel account app-password list ADDRESS
                   ./postel account app-password remove ADDRESS ID
                   ./postel account rules ADDRESS [--set FILE | --sieve]
                   ./postel account log-ins ADDRESS
                   ./postel account quota ADDRESS [--bytes N|none] [--messages N|none]
                   ./postel account limits ADDRESS [--messages-per-hour N|none|configured] [--recipients-per-hour N|none|configured]
                                                   [--messages-per-day N|none|configured] [--recipients-per-day N|none|configured]
                   ./postel account role ADDRESS [none | global | DOMAIN...]
            Without --password a random one is made and printed.""";
    private static final String PASSWORD = "--password";
    private static final String BYTES = "--bytes";
    private static final String MESSAGES = "--messages";
    private static final String NOW = "--now";
    private static final String NONE = "none";
    private static final String[] OPTIONS = Stream.concat(Stream.of(PASSWORD, BYTES, MESSAGES, AppPasswords.PROTOCOLS),
            Stream.concat(AccountSettings.OPTIONS.stream(), SendingLimits.OPTIONS.stream())).toArray(String[]::new);

    private final AdminApi admin;
    private final AccountSettings settings;

    AccountCommand(AdminApi admin) {
        this.admin = admin;
        this.settings = new AccountSettings(admin, USAGE);
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        if (!arguments.isEmpty() && arguments.getFirst().equals("rules")) {
            new AccountRules(admin, USAGE).run(arguments.subList(1, arguments.size()));
            return DONE;
        }
        List<String> words = new ArrayList<>(arguments);
        boolean now = words.remove(NOW);
        Arguments given = Arguments.of(words, USAGE, OPTIONS);
        if (now && !given.verb().equals("remove")) {
            throw new UsageException(USAGE);
        }
        switch (given.verb()) {
            case "add" -> add(given.only(), given);
            case "list" -> {
                given.nothingMore();
                list();
            }
            case "remove" -> {
                String address = given.only();
                admin.delete("/accounts/" + AdminApi.segment(address) + (now ? "?now=true" : ""));
                System.out.println(now ? address + " and its mail are gone."
                        : address + " is deleted; ./postel account restore " + address + " brings it back while ./postel account deleted lists it.");
            }
            case "deleted" -> {
                given.nothingMore();
                admin.get("/deleted-accounts").forEach(one -> System.out.println(one.path("address").asText() + "  deleted at "
                        + one.path("since").asText() + ", removed at " + one.path("removed").asText()));
            }
            case "restore" -> {
                admin.post("/accounts/" + AdminApi.segment(given.only()) + "/restore", Map.of());
                System.out.println(given.only() + " is there again.");
            }
            case "password" -> password(given.only(), given);
            case "show" -> settings.show(given.only());
            case "set" -> settings.set(given.only(), given);
            case "forward" -> settings.forward(given.atLeast(2), given);
            case "vacation" -> settings.vacation(given.atLeast(1), given);
            case "app-password" -> new AppPasswords(admin, USAGE).run(given);
            case "log-ins" -> new LogIns(admin).show(given.only());
            case "role" -> new AccountRole(admin).run(given.atLeast(1));
            case "limits" -> new SendingLimits(admin, USAGE).ofAccount(given.only(), given);
            case "quota" -> quota(given.only(), given);
            default -> throw new UsageException(USAGE);
        }
        return DONE;
    }

    private void add(String address, Arguments given) throws IOException {
        String password = given.option(PASSWORD).orElseGet(RandomPassword::next);
        admin.post("/accounts", Map.of("address", address, "password", password));
        System.out.println(address + " is there." + told(given, password));
    }

    private void password(String address, Arguments given) throws IOException {
        String password = given.option(PASSWORD).orElseGet(RandomPassword::next);
        admin.put("/accounts/" + AdminApi.segment(address) + "/password", Map.of("password", password));
        System.out.println(address + " has a new password." + told(given, password));
    }

    /** Shows it; what is given is changed before, and what is not stays. */
    private void quota(String address, Arguments given) throws IOException {
        String path = "/accounts/" + AdminApi.segment(address) + "/quota";
        JsonNode now = admin.get(path);
        if (given.option(BYTES).isPresent() || given.option(MESSAGES).isPresent()) {
            Map<String, Object> wanted = new HashMap<>();
            wanted.put("bytes", limit(given.option(BYTES), now.path("bytes")));
            wanted.put("messages", limit(given.option(MESSAGES), now.path("messages")));
            admin.put(path, wanted);
            now = admin.get(path);
        }
        System.out.println(address + " holds " + now.path("heldBytes").asLong() + " bytes" + most(now.path("bytes")) + " and "
                + now.path("heldMessages").asLong() + " messages" + most(now.path("messages")) + ".");
    }

    private static Long limit(Optional<String> given, JsonNode now) {
        if (given.isEmpty()) {
            return now.isNumber() ? now.asLong() : null;
        }
        try {
            return given.get().equals(NONE) ? null : Long.valueOf(given.get());
        } catch (NumberFormatException notANumber) {
            throw new UsageException(USAGE);
        }
    }

    private static String most(JsonNode limit) {
        return limit.isNumber() ? " of " + limit.asLong() : " (no limit)";
    }

    private void list() throws IOException {
        admin.all("/accounts").forEach(one -> System.out.println(one.path("address").asText()));
    }

    private static String told(Arguments given, String password) {
        return given.option(PASSWORD).isPresent() ? "" : " Password: " + password;
    }
}
