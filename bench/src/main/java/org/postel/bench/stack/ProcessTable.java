package org.postel.bench.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All processes of the machine at one moment, from /proc. Linux only. */
final class ProcessTable {

    private static final Path PROC = Path.of("/proc");

    private final Map<Long, ProcessStat> all = new HashMap<>();

    private ProcessTable() {
    }

    /** As it is now; a process that ends meanwhile may be missing. */
    static ProcessTable now() throws IOException {
        ProcessTable table = new ProcessTable();
        List<Path> folders;
        try (Stream<Path> entries = Files.list(PROC)) {
            folders = entries.filter(entry -> Character.isDigit(entry.getFileName().toString().charAt(0))).toList();
        }
        for (Path folder : folders) {
            read(folder.resolve("stat")).map(ProcessStat::of).ifPresent(stat -> table.all.put(stat.pid(), stat));
        }
        return table;
    }

    /** A process and everything below it; empty when it does not run. */
    List<ProcessStat> tree(long root) {
        List<ProcessStat> tree = new ArrayList<>();
        if (all.containsKey(root)) {
            tree.add(all.get(root));
        }
        for (int i = 0; i < tree.size(); i++) {
            long parent = tree.get(i).pid();
            all.values().stream().filter(stat -> stat.parent() == parent).forEach(tree::add);
        }
        return tree;
    }

    /** A file of a process; empty when the process has ended. */
    static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException ended) {
            return Optional.empty();
        } catch (IOException failed) {
            if (Files.exists(file.getParent().resolve("exe"), LinkOption.NOFOLLOW_LINKS)) {
                throw failed;
            }
            return Optional.empty();
        }
    }
}
