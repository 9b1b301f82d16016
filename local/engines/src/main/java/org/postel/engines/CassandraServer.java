package org.postel.engines;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One Cassandra node that syncs its commit log before it acknowledges. It opens no JMX port. */
public final class CassandraServer implements Engine {

    /** The name of the only data centre, which a driver must be told. */
    public static final String DATACENTER = "datacenter1";

    private final Path home;
    private final int port;
    private final boolean temporary;
    private final Child child;

    private CassandraServer(Path home, int port, int storagePort, Path log, boolean temporary) throws IOException {
        this.home = home.toAbsolutePath();
        this.port = port;
        this.temporary = temporary;
        Files.createDirectories(this.home);
        Files.writeString(this.home.resolve("cassandra.yaml"), CassandraSettings.yaml(this.home, port, storagePort) + (temporary ? CassandraSettings.STRICT : ""));
        Files.writeString(this.home.resolve("logback.xml"), CassandraSettings.logback());
        this.child = new Child("cassandra", program(), log, new CassandraProbe(port));
    }

    /**
     * A node that is not started yet.
     *
     * @param home where its settings and data are, made when missing
     * @param port for clients, on loopback
     * @param storagePort for itself, on loopback
     * @param log where its output goes
     * @throws IOException when the settings cannot be written
     */
    public static CassandraServer at(Path home, int port, int storagePort, Path log) throws IOException {
        return new CassandraServer(home, port, storagePort, log, false);
    }

    /** A running node with an empty data folder that refuses costly reads early, deleted by {@link #close()} or at the end of this process. */
    public static CassandraServer startTemporary() throws IOException {
        Path home = Temporary.folder("cassandra");
        CassandraServer server = new CassandraServer(home, FreePort.next(), FreePort.next(), home.resolve("cassandra.log"),
                true);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
        server.child.start(START_LIMIT);
        return server;
    }

    /** Where a driver connects; the data centre is {@link #DATACENTER}. */
    public InetSocketAddress contactPoint() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    /** Whether a node serves on a port of loopback, whoever started it. */
    public static Probe probe(int port) {
        return new CassandraProbe(port);
    }

    @Override
    public Child child() {
        return child;
    }

    @Override
    public Path home() {
        return home;
    }

    @Override
    public boolean isTemporary() {
        return temporary;
    }

    private JavaProgram program() throws IOException {
        List<Path> classPath = SourceTree.find().engine("cassandra");
        return new JavaProgram("org.postel.cassandra.LocalCassandra", classPath,
                CassandraOptions.of(home, classPath, temporary), List.of(), Map.of(), home);
    }
}
