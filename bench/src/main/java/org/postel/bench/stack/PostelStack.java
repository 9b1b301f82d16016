package org.postel.bench.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.postel.bench.load.Account;
import org.postel.engines.ChildFailedException;
import org.postel.launcher.FailedException;
import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.platform.DataFolder;
import org.postel.launcher.platform.Layout;
import org.postel.launcher.platform.Platform;
import org.postel.launcher.platform.Port;
import org.postel.launcher.platform.Ports;
import org.postel.launcher.platform.ProcessState;
import org.postel.launcher.platform.Replica;
import org.postel.launcher.platform.RunState;
import org.postel.launcher.platform.Scale;
import org.postel.launcher.platform.ServiceName;

/** Postel with the settings it is shipped with. */
public final class PostelStack {

    /** In the table. */
    public static final String NAME = "Postel";

    private PostelStack() {
    }

    /**
     * Starts it on free ports and an empty folder, which goes away with it.
     *
     * @param root the repository, built
     * @param accounts how many
     */
    public static MailStack start(Path root, int accounts) throws IOException {
        Path folder = Files.createTempDirectory("postel-bench-");
        Platform platform = new Platform(root, new DataFolder(folder), Layout.free(Scale.ONE_OF_EACH), Map.of());
        StoppedOnce end = new StoppedOnce(() -> {
            platform.close();
            FolderTree.delete(folder);
        });
        try {
            platform.start(line -> { });
            Map<String, Long> roots = new LinkedHashMap<>();
            platform.children().forEach(child -> roots.put(child.name(), child.pid()));
            AdminApi admin = new AdminApi(platform.folder(), platform.ports().number(Port.WEB));
            OperatorDesk desk = OperatorDesk.of(admin, root, folder, platform.ports().number(Port.WEB), platform.ports().number(Port.CASSANDRA));
            return stack(platform.ports(), PostelAccounts.made(admin, accounts), roots,
                    settings -> gateway(platform, settings), Optional.of(desk), end);
        } catch (IOException | RuntimeException failed) {
            end.stop();
            throw failed;
        }
    }

    /**
     * The one that {@code ./postel up} started here.
     *
     * @throws FailedException when none is running
     */
    public static MailStack running(Path root, int accounts) throws IOException {
        DataFolder folder = new DataFolder(root.resolve(".postel"));
        Optional<RunState> state = RunState.read(folder).filter(RunState::ready)
                .filter(found -> ProcessHandle.of(found.pid()).isPresent());
        if (state.isEmpty()) {
            throw new FailedException("Postel is not running. Start it with ./postel up -d");
        }
        Map<String, Long> roots = new LinkedHashMap<>();
        for (ProcessState process : state.get().processes()) {
            roots.put(process.name(), process.pid());
        }
        AdminApi admin = new AdminApi(folder);
        return stack(Ports.usual(), PostelAccounts.made(admin, accounts), roots,
                settings -> {
                    throw new IOException("this needs gateways with settings of their own: leave --running out");
                }, Optional.empty(), MailStack.Ending.LEAVE_RUNNING);
    }

    private static MailStack.Gateway gateway(Platform platform, Map<String, String> settings) throws IOException {
        Replica twin = platform.another(ServiceName.SMTP_GATEWAY, settings);
        try {
            twin.child().start(Platform.START_LIMIT);
        } catch (ChildFailedException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
        return new MailStack.Gateway(twin.ports().number(Port.SMTP),
                new Processes(Map.of(twin.child().name(), twin.child().pid())), () -> twin.child().stop(Platform.STOP_GRACE));
    }

    private static MailStack stack(Ports ports, List<Account> accounts, Map<String, Long> roots,
            MailStack.Gateways gateways, Optional<OperatorDesk> desk, MailStack.Ending end) {
        return new MailStack(NAME, ports.number(Port.SMTP), ports.number(Port.IMAP), ports.number(Port.POP3), accounts,
                new Processes(roots), Optional.of(gateways), desk, end);
    }
}
