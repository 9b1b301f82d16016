package org.postel.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.identity.PrivateFile;
import org.postel.launcher.identity.RandomPassword;
import org.postel.launcher.platform.DataFolder;

/** Two accounts to try mail with, made at the first start; their passwords are kept where only their owner reads them. */
final class FirstAccounts {

    private static final List<String> ADDRESSES = List.of("alice@example.test", "bob@example.test");

    private final DataFolder folder;
    private final AdminApi admin;

    FirstAccounts(DataFolder folder, AdminApi admin) {
        this.folder = folder;
        this.admin = admin;
    }

    /**
     * The accounts with their passwords; made when they never were.
     *
     * @throws IOException when disk or API refuse
     */
    Map<String, String> made() throws IOException {
        return Files.exists(folder.accounts()) ? read() : make();
    }

    private Map<String, String> make() throws IOException {
        Map<String, String> accounts = new LinkedHashMap<>();
        StringBuilder file = new StringBuilder();
        for (String address : ADDRESSES) {
            String password = RandomPassword.next();
            admin.post("/accounts", Map.of("address", address, "password", password));
            accounts.put(address, password);
            file.append(address).append(' ').append(password).append('\n');
        }
        PrivateFile.write(folder.accounts(), file.toString());
        return accounts;
    }

    private Map<String, String> read() throws IOException {
        Map<String, String> accounts = new LinkedHashMap<>();
        for (String line : Files.readAllLines(folder.accounts())) {
            String[] words = line.split(" ", 2);
            accounts.put(words[0], words[1]);
        }
        return accounts;
    }
}
