package org.postel.launcher.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.UsageException;
import org.postel.launcher.platform.DataFolder;

/** The commands by name. */
public final class Commands {

    private final Map<String, Command> commands = new LinkedHashMap<>();

    private Commands(Path root, DataFolder folder, AdminApi admin) {
        DownCommand down = new DownCommand(folder);
        commands.put("up", new UpCommand(root, folder));
        commands.put("down", down);
        commands.put("reset", new ResetCommand(folder, down));
        commands.put("status", new StatusCommand(folder));
        commands.put("logs", new LogsCommand(folder));
        commands.put("domain", new DomainCommand(admin));
        commands.put("account", new AccountCommand(admin));
        commands.put("alias", new AliasCommand(admin));
        commands.put("queue", new QueueCommand(admin));
        commands.put("trace", new TraceCommand(admin));
        commands.put("suppression", new SuppressionCommand(admin));
        commands.put("token", new TokenCommand(admin));
        commands.put("audit", new AuditCommand(admin));
        commands.put("config", new ConfigCommand(admin, Path.of("").toAbsolutePath()));
        commands.put("dkim", new DkimCommand(admin));
        commands.put("dns", new DnsCommand(admin, System.console() != null && System.console().isTerminal()));
    }

    /** For a repository's folder. */
    public static Commands of(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        DataFolder folder = new DataFolder(absolute.resolve(".postel"));
        return new Commands(absolute, folder, new AdminApi(folder));
    }

    /** For a platform with another data folder and at another port than the usual ones, for tests. */
    public static Commands of(Path root, DataFolder folder, AdminApi admin) {
        return new Commands(root.toAbsolutePath().normalize(), folder, admin);
    }

    /**
     * Runs the command that the first argument names.
     *
     * @return its exit code
     * @throws IOException when disk or network refuse
     */
    public int run(List<String> arguments) throws IOException {
        Command command = arguments.isEmpty() ? null : commands.get(arguments.getFirst());
        if (command == null) {
            throw new UsageException("No such command; ./postel help lists them.");
        }
        return command.run(arguments.subList(1, arguments.size()));
    }
}
