package org.postel.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.postel.engines.CassandraServer;
import org.postel.engines.Child;
import org.postel.engines.KafkaServer;
import org.postel.launcher.identity.Certificate;
import org.postel.launcher.identity.SigningKey;
import org.postel.launcher.identity.Tokens;

/** Kafka, Cassandra and the five services on one machine, as child processes on given ports and a given folder. */
public final class Platform implements AutoCloseable {

    /** How long a start may take; a loaded machine needs far more than an idle one. */
    public static final Duration START_LIMIT = Duration.ofSeconds(120);
    /** A service finishes what it has begun within this time after SIGTERM. */
    public static final Duration STOP_GRACE = Duration.ofSeconds(20);
    /** What the gateways call themselves when nobody says otherwise. */
    public static final String HOSTNAME = "localhost";

    private final DataFolder folder;
    private final Ports ports;
    private final Tokens tokens;
    private final KafkaServer kafka;
    private final CassandraServer cassandra;
    private final ServiceProcess processes;
    private final Settings settings;
    private final Map<ServiceName, Child> services = new EnumMap<>(ServiceName.class);
    private final List<Child> more = new ArrayList<>();
    private volatile Runnable endStart = () -> { };

    /**
     * Prepared, not started: keys, tokens and certificate are made when missing.
     *
     * @param root the repository, built
     * @param folder where the data is
     * @param ports where everything listens
     * @param operator properties for all services, above our own
     * @throws IOException when the folder cannot be written
     */
    public Platform(Path root, DataFolder folder, Ports ports, Map<String, String> operator) throws IOException {
        this.folder = folder;
        this.ports = ports;
        Files.createDirectories(folder.run());
        this.tokens = new Tokens(SigningKey.in(folder.keys()), folder.keys());
        Certificate.makeIn(folder.tls(), operator.getOrDefault("postel.hostname", HOSTNAME));
        renewTokens();
        this.kafka = KafkaServer.at(folder.kafka(), ports.number(Port.KAFKA), ports.number(Port.KAFKA_CONTROLLER),
                folder.log("kafka"));
        this.cassandra = CassandraServer.at(folder.cassandra(), ports.number(Port.CASSANDRA),
                ports.number(Port.CASSANDRA_STORAGE), folder.log("cassandra"));
        this.processes = new ServiceProcess(root, folder);
        this.settings = new Settings(folder, operator);
        for (ServiceName service : ServiceName.values()) {
            services.put(service, processes.of(service.folder(), service, ports, settings.of(service, ports)));
        }
    }

    /** Writes the services' and the administrator's tokens anew. */
    public void renewTokens() throws IOException {
        for (ServiceName service : ServiceName.values()) {
            tokens.write(service.folder(), service.folder(), Tokens.MAILBOX_SERVICE);
        }
        tokens.write(Tokens.ADMIN, "launcher", Tokens.ADMIN);
    }

    /**
     * Starts everything, each as soon as what it needs is there, and waits until all are ready.
     *
     * @param progress told a line for each step
     * @throws RuntimeException the first failure; the caller closes
     */
    public void start(Consumer<String> progress) {
        Starting starting = new Starting(progress);
        endStart = starting::giveUp;
        CompletableFuture<Void> queue = starting.of(kafka.child());
        CompletableFuture<Void> store = starting.of(cassandra.child());
        List<CompletableFuture<Void>> all = new ArrayList<>(List.of(queue, store));
        services.forEach((service, child) -> all.add(service == ServiceName.MAILBOX_SERVICE
                ? starting.after(CompletableFuture.allOf(queue, store), child)
                : starting.after(queue, child)));
        starting.await(all);
    }

    /**
     * One more process of a service, on ports of its own; not started.
     *
     * @return the process and its ports
     * @throws IOException when its settings cannot be written
     */
    public Twin another(ServiceName service) throws IOException {
        return another(service, Map.of());
    }

    /**
     * One more process of a service, on ports and with some settings of its own; not started.
     *
     * @param settings properties of this process alone, above all others
     * @return the process and its ports
     * @throws IOException when its settings cannot be written
     */
    public Twin another(ServiceName service, Map<String, String> settings) throws IOException {
        Ports own = ports.withOwn(service.ports());
        String name = service.folder() + "-" + (more.size() + 2);
        Map<String, String> all = this.settings.of(service, own);
        all.putAll(settings);
        Child child = processes.of(name, service, own, all);
        more.add(child);
        return new Twin(child, own);
    }

    /**
     * One more process of a service.
     *
     * @param child the process
     * @param ports where it listens
     */
    public record Twin(Child child, Ports ports) {
    }

    /** The process of a service. */
    public Child service(ServiceName service) {
        return services.get(service);
    }

    /** The broker. */
    public KafkaServer kafka() {
        return kafka;
    }

    /** The database. */
    public CassandraServer cassandra() {
        return cassandra;
    }

    /** Where everything listens. */
    public Ports ports() {
        return ports;
    }

    /** Where the data is. */
    public DataFolder folder() {
        return folder;
    }

    /** All processes but twins, engines first. */
    public List<Child> children() {
        return Stream.concat(Stream.of(kafka.child(), cassandra.child()), services.values().stream()).toList();
    }

    /** Stops everything in good order: the gateways and the worker, then the store, then the engines. */
    @Override
    public void close() {
        endStart.run();
        Child store = services.get(ServiceName.MAILBOX_SERVICE);
        stopTogether(Stream.concat(services.values().stream().filter(child -> child != store), more.stream()).toList());
        store.stop(STOP_GRACE);
        stopTogether(List.of(kafka.child(), cassandra.child()));
    }

    private static void stopTogether(List<Child> children) {
        CompletableFuture.allOf(children.stream()
                .map(child -> CompletableFuture.runAsync(() -> child.stop(STOP_GRACE), Thread::startVirtualThread))
                .toArray(CompletableFuture[]::new)).join();
    }
}
