package org.postel.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One Kafka broker, its own controller (KRaft), with share groups. Topics say themselves what is flushed before it is acknowledged. */
public final class KafkaServer implements Engine {

    private final Path home;
    private final int port;
    private final boolean temporary;
    private final Child child;

    private KafkaServer(Path home, int port, int controllerPort, Path log, boolean temporary) throws IOException {
        this.home = home.toAbsolutePath();
        this.port = port;
        this.temporary = temporary;
        Files.createDirectories(this.home);
        Path settings = this.home.resolve("server.properties");
        Files.writeString(settings, KafkaSettings.of(this.home.resolve("data"), port, controllerPort));
        this.child = new Child("kafka", program(settings), log, new KafkaProbe(port));
    }

    /**
     * A broker that is not started yet.
     *
     * @param home where its settings and data are, made when missing
     * @param port for clients, on loopback
     * @param controllerPort for itself, on loopback
     * @param log where its output goes
     * @throws IOException when the settings cannot be written
     */
    public static KafkaServer at(Path home, int port, int controllerPort, Path log) throws IOException {
        return new KafkaServer(home, port, controllerPort, log, false);
    }

    /** A running broker with an empty data folder, deleted by {@link #close()} or at the end of this process. */
    public static KafkaServer startTemporary() throws IOException {
        Path home = Temporary.folder("kafka");
        KafkaServer server = new KafkaServer(home, FreePort.next(), FreePort.next(), home.resolve("kafka.log"), true);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
        server.child.start(START_LIMIT);
        return server;
    }

    /** What a client needs: host:port. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Whether a broker serves on a port of loopback, whoever started it. */
    public static Probe probe(int port) {
        return new KafkaProbe(port);
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

    private JavaProgram program(Path settings) throws IOException {
        // While the young generation is collected nobody is answered 250: a large one is collected seldom, and lets little grow old.
        List<String> options = List.of("-Xms192m", "-Xmx384m", "-Xmn128m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError",
                "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.log.kafka.server.BrokerServer=info",
                "-Dorg.slf4j.simpleLogger.logFile=System.out",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        return new JavaProgram("org.postel.kafka.LocalKafka", SourceTree.find().engine("kafka"), options,
                List.of(settings.toString()), Map.of(), home);
    }
}
