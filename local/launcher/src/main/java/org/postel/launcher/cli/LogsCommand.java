package org.postel.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.postel.launcher.FailedException;
import org.postel.launcher.UsageException;
import org.postel.launcher.platform.DataFolder;

/** Prints the end of one process' log, or of all of them. */
final class LogsCommand implements Command {

    private static final int LINES_OF_ONE = 1_000;
    private static final int LINES_OF_EACH = 20;
    private static final String SUFFIX = ".log";

    private final DataFolder folder;

    LogsCommand(DataFolder folder) {
        this.folder = folder;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        if (arguments.size() > 1) {
            throw new UsageException("usage: ./postel logs [SERVICE]");
        }
        List<Path> logs = logs();
        if (logs.isEmpty()) {
            throw new FailedException("There are no logs yet: Postel was never started here. Start it with ./postel up -d");
        }
        if (arguments.isEmpty()) {
            for (Path log : logs) {
                System.out.println("==> " + log + " <==");
                printEnd(log, LINES_OF_EACH);
            }
            return DONE;
        }
        Path wanted = folder.log(arguments.getFirst());
        if (!logs.contains(wanted)) {
            throw new FailedException("There is no log of " + arguments.getFirst() + ". There are: "
                    + logs.stream().map(LogsCommand::name).collect(Collectors.joining(", ")));
        }
        printEnd(wanted, LINES_OF_ONE);
        return DONE;
    }

    private List<Path> logs() throws IOException {
        if (!Files.isDirectory(folder.logs())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.logs())) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        }
    }

    private static String name(Path log) {
        String file = log.getFileName().toString();
        return file.substring(0, file.length() - SUFFIX.length());
    }

    private static void printEnd(Path log, int lines) throws IOException {
        Deque<String> end = new ArrayDeque<>();
        try (Stream<String> all = Files.lines(log)) {
            all.forEach(line -> {
                end.addLast(line);
                if (end.size() > lines) {
                    end.removeFirst();
                }
            });
        }
        end.forEach(System.out::println);
    }
}
