package org.postel.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.postel.launcher.FailedException;
import org.postel.launcher.UsageException;
import org.postel.launcher.platform.DataFolder;
import org.postel.launcher.platform.ServiceName;

/** Prints the end of the log of one process, of all processes of a service, or of all there are. */
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
            print(logs, LINES_OF_EACH);
            return DONE;
        }
        List<Path> wanted = of(arguments.getFirst(), logs);
        if (wanted.isEmpty()) {
            throw new FailedException("There is no log of " + arguments.getFirst() + ". There are: "
                    + logs.stream().map(LogsCommand::name).collect(Collectors.joining(", ")));
        }
        print(wanted, LINES_OF_ONE);
        return DONE;
    }

    /** That of the process; of a service those of all its processes. */
    private static List<Path> of(String name, List<Path> logs) {
        Pattern several = Pattern.compile(Pattern.quote(name) + "-\\d");
        return logs.stream().filter(log -> name(log).equals(name)
                || ServiceName.of(name).isPresent() && several.matcher(name(log)).matches()).toList();
    }

    private static void print(List<Path> logs, int lines) throws IOException {
        for (Path log : logs) {
            if (logs.size() > 1) {
                System.out.println("==> " + log + " <==");
            }
            printEnd(log, lines);
        }
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
