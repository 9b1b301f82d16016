package org.postel.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.postel.launcher.platform.DataFolder;

/** A copy of what Kafka and Cassandra keep on one machine, taken and brought back while nothing runs. */
final class DataCopy {

    private final DataFolder folder;
    private final Path copy;

    private DataCopy(DataFolder folder, Path copy) {
        this.folder = folder;
        this.copy = copy;
    }

    static DataCopy take(DataFolder folder, Path to) throws IOException {
        copy(folder.kafka(), to.resolve("kafka"));
        copy(folder.cassandra(), to.resolve("cassandra"));
        return new DataCopy(folder, to);
    }

    /** What came since is gone. */
    void restore() throws IOException {
        CassandraBackup.delete(folder.kafka());
        CassandraBackup.delete(folder.cassandra());
        copy(copy.resolve("kafka"), folder.kafka());
        copy(copy.resolve("cassandra"), folder.cassandra());
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> tree = Files.walk(from)) {
            all = tree.toList();
        }
        for (Path each : all) {
            Path target = to.resolve(from.relativize(each).toString());
            if (Files.isDirectory(each)) {
                Files.createDirectories(target);
            } else {
                Files.copy(each, target);
            }
        }
    }
}
