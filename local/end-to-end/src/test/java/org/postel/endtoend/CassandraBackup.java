package org.postel.endtoend;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

import org.postel.engines.CassandraServer;

/**
 * What Medusa does with a node, without its object store: a snapshot of all tables, as {@code nodetool snapshot} takes it, is copied
 * away; later its files are put into the data folder of a node that has nothing. What a node knows of itself (keyspace system) stays behind.
 */
final class CassandraBackup {

    private static final String TAG = "backup";
    private static final String OWN = "system";
    private static final List<String> DATA = List.of("data", "commitlog", "saved_caches", "hints", "cdc_raw");

    /** Keyspace, then table with its id, then the files. */
    private final Path files;

    private CassandraBackup(Path files) {
        this.files = files;
    }

    /** Of a node that serves. It opens no JMX port, so it is asked by attaching to its process. */
    static CassandraBackup take(CassandraServer node, Path to) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(node.child().pid()));
            try (JMXConnector jmx = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
                jmx.getMBeanServerConnection().invoke(new ObjectName("org.apache.cassandra.db:type=StorageService"), "takeSnapshot",
                        new Object[] {TAG, Map.of(), new String[0]}, new String[] {String.class.getName(), Map.class.getName(), String[].class.getName()});
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | JMException failed) {
            throw new IOException("no snapshot", failed);
        }
        for (Path keyspace : folders(node.home().resolve("data"))) {
            for (Path table : folders(keyspace)) {
                Path snapshot = table.resolve("snapshots").resolve(TAG);
                if (Files.isDirectory(snapshot)) {
                    copy(snapshot, to.resolve(keyspace.getFileName()).resolve(table.getFileName()));
                }
            }
        }
        return new CassandraBackup(to);
    }

    /** A node that stands still loses all its data. */
    static void lose(CassandraServer node) throws IOException {
        for (String folder : DATA) {
            delete(node.home().resolve(folder));
        }
    }

    /** To a node that stands still and has nothing. */
    void restore(CassandraServer node) throws IOException {
        for (Path keyspace : folders(files)) {
            if (!keyspace.getFileName().toString().equals(OWN)) {
                for (Path table : folders(keyspace)) {
                    copy(table, node.home().resolve("data").resolve(keyspace.getFileName()).resolve(table.getFileName()));
                }
            }
        }
    }

    private static List<Path> folders(Path parent) throws IOException {
        try (Stream<Path> found = Files.list(parent)) {
            return found.filter(Files::isDirectory).toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> found = Files.list(from)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** A folder and all that is in it. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failed) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
