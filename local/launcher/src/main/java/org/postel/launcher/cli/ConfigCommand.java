package org.postel.launcher.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.postel.launcher.UsageException;
import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.config.Change;
import org.postel.launcher.config.ConfigFile;
import org.postel.launcher.config.Difference;
import org.postel.launcher.config.Export;
import org.postel.launcher.config.Kind;
import org.postel.launcher.config.LivePlatform;

/** Domains, accounts and aliases as a file. */
final class ConfigCommand implements Command {

    private static final String USAGE = """
            usage: ./postel config export
                   ./postel config apply FILE.yaml [--dry-run] [--prune]
            What the file does not say stays as it is. --dry-run shows what would be done, --prune takes away what the file does not name.""";
    private static final String DRY_RUN = "--dry-run";
    private static final String PRUNE = "--prune";

    private final LivePlatform platform;
    private final Path here;

    /** @param here where relative names of files begin */
    ConfigCommand(AdminApi admin, Path here) {
        this.platform = new LivePlatform(admin);
        this.here = here;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        List<String> words = new ArrayList<>(arguments);
        boolean dry = words.remove(DRY_RUN);
        boolean prune = words.remove(PRUNE);
        Arguments given = Arguments.of(words, USAGE);
        switch (given.verb()) {
            case "export" -> {
                given.nothingMore();
                System.out.print(Export.of(platform.read(any -> true)));
            }
            case "apply" -> apply(ConfigFile.read(here.resolve(given.only())), dry, prune);
            default -> throw new UsageException(USAGE);
        }
        return DONE;
    }

    /** Stops at the first change that is refused: run again, it goes on from there. */
    private void apply(ConfigFile file, boolean dry, boolean prune) throws IOException {
        List<Change> changes = Difference.of(file, platform.read(file.of(Kind.ACCOUNT)::containsKey), prune);
        for (Change change : changes) {
            change.lines().forEach(System.out::println);
            if (!dry) {
                platform.make(change, file.folder());
            }
        }
        System.out.println(changes.isEmpty() ? "Nothing to do." : changes.size() + (changes.size() == 1 ? " change" : " changes") + (dry ? " to make." : " made."));
    }
}
