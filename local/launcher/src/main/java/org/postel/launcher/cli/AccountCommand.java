package org.postel.launcher.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.UsageException;
import org.postel.launcher.identity.RandomPassword;

/** Who has a mailbox. */
final class AccountCommand implements Command {

    private static final String USAGE = """
            usage: ./postel account add ADDRESS [--password PASSWORD]
                   ./postel account list
                   ./postel account remove ADDRESS
                   ./postel account password ADDRESS [--password PASSWORD]
            Without --password a random one is made and printed.""";
    private static final String PASSWORD = "--password";

    private final AdminApi admin;

    AccountCommand(AdminApi admin) {
        this.admin = admin;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        Arguments given = Arguments.of(arguments, USAGE, PASSWORD);
        switch (given.verb()) {
            case "add" -> add(given.only(), given);
            case "list" -> {
                given.nothingMore();
                list();
            }
            case "remove" -> {
                String address = given.only();
                admin.delete("/accounts/" + AdminApi.segment(address));
                System.out.println(address + " and its mail are gone.");
            }
            case "password" -> password(given.only(), given);
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

    private void list() throws IOException {
        admin.get("/accounts").forEach(one -> System.out.println(one.path("address").asText()));
    }

    private static String told(Arguments given, String password) {
        return given.option(PASSWORD).isPresent() ? "" : " Password: " + password;
    }
}
