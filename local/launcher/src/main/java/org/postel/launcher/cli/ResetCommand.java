package org.postel.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.postel.launcher.UsageException;
import org.postel.launcher.platform.DataFolder;

/** Stops and forgets mail, accounts, keys and logs. What the operator wrote stays. */
final class ResetCommand implements Command {

    private final DataFolder folder;
    private final DownCommand down;

    ResetCommand(DataFolder folder, DownCommand down) {
        this.folder = folder;
        this.down = down;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        if (!arguments.isEmpty()) {
            throw new UsageException("usage: ./postel reset");
        }
        down.stop();
        if (Files.isDirectory(folder.path())) {
            forget();
        }
        System.out.println("Everything in " + folder.path() + " is forgotten: mail, accounts, keys, logs.");
        return DONE;
    }

    private void forget() throws IOException {
        List<Path> doomed;
        try (Stream<Path> tree = Files.walk(folder.path())) {
            doomed = tree.filter(path -> !path.equals(folder.path()) && !path.equals(folder.operatorSettings()))
                    .sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : doomed) {
            Files.deleteIfExists(path);
        }
    }
}
