package org.postel.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.postel.engines.CassandraServer;
import org.postel.engines.Child;
import org.postel.engines.KafkaServer;
import org.postel.launcher.identity.Certificate;
import org.postel.launcher.identity.SigningKey;
import org.postel.launcher.identity.Tokens;

/** Kafka, Cassandra and the five services on one machine, one or several processes of each, on given ports and a given folder. */
public final class Platform implements AutoCloseable {

    /** How long a start may take; a loaded machine needs far more than an idle one. */
    public static final Duration START_LIMIT = Duration.ofSeconds(180);
    /** A service finishes what it has begun within this time after SIGTERM. */
    public static final Duration STOP_GRACE = Duration.ofSeconds(20);
    /** What the gateways call themselves when nobody says otherwise. */
    public static final String HOSTNAME = "localhost";

    private final DataFolder folder;
    private final Layout layout;
    private final Tokens tokens;
    private final KafkaServer kafka;
    private final CassandraServer cassandra;
    private final ServiceProcess processes;
    private final Settings settings;
    private final List<Replica> replicas = new CopyOnWriteArrayList<>();
    private volatile Runnable endStart = () -> { };

    /**
     * Prepared, not started: keys, tokens and certificate are made when missing.
     *
     * @param root the repository, built
     * @param folder where the data is
     * @param layout where everything listens, and how many processes there are of each service
     * @param operator properties for all services, above our own
     * @throws IOException when the folder cannot be written
     */
    public Platform(Path root, DataFolder folder, Layout layout, Map<String, String> operator) throws IOException {
        this.folder = folder;
        this.layout = layout;
        Files.createDirectories(folder.run());
        this.tokens = new Tokens(SigningKey.in(folder.keys()), folder.keys());
        Certificate.makeIn(folder.tls(), operator.getOrDefault("postel.hostname", HOSTNAME));
        renewTokens();
        Ports ports = layout.ports();
        this.kafka = KafkaServer.at(folder.kafka(), ports.number(Port.KAFKA), ports.number(Port.KAFKA_CONTROLLER),
                folder.log("kafka"));
        this.cassandra = CassandraServer.at(folder.cassandra(), ports.number(Port.CASSANDRA),
                ports.number(Port.CASSANDRA_STORAGE), folder.log("cassandra"));
        this.processes = new ServiceProcess(root, folder);
        this.settings = new Settings(folder, layout.of(ServiceName.MAILBOX_SERVICE), operator);
        for (ServiceName service : ServiceName.values()) {
            prepare(service, layout.of(service));
        }
    }

    /** One is called as its service; several have a number behind that. */
    private void prepare(ServiceName service, List<Ports> each) throws IOException {
        for (int i = 0; i < each.size(); i++) {
            String name = each.size() == 1 ? service.folder() : numbered(service, i + 1);
            add(name, service, each.get(i), settings.of(service, each.get(i)));
        }
    }

    private static String numbered(ServiceName service, int number) {
        return service.folder() + "-" + number;
    }

    private Replica add(String name, ServiceName service, Ports ports, Map<String, String> told) throws IOException {
        Replica replica = new Replica(service, processes.of(name, service, ports, told), ports);
        replicas.add(replica);
        return replica;
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
        Starting starting = starting(progress);
        CompletableFuture<Void> queue = starting.of(kafka.child());
        CompletableFuture<Void> engines = CompletableFuture.allOf(queue, starting.of(cassandra.child()));
        starting.await(Stream.concat(storesAfter(engines, starting), othersAfter(queue, starting)).toList());
    }

    /**
     * The same with data of a backup: clients and mail are let in only when that was done without which nobody may see it.
     *
     * @param progress told a line for each step
     * @param first done when the engines and mailbox-service are ready; gateways and workers are started after it
     * @throws RuntimeException the first failure, also of {@code first}; then no gateway and no worker was started
     */
    public void startRestored(Consumer<String> progress, Runnable first) {
        Starting starting = starting(progress);
        CompletableFuture<Void> engines = CompletableFuture.allOf(starting.of(kafka.child()), starting.of(cassandra.child()));
        CompletableFuture<Void> done = starting.then(CompletableFuture.allOf(storesAfter(engines, starting).toArray(CompletableFuture[]::new)), first);
        starting.await(othersAfter(done, starting).toList());
    }

    private Starting starting(Consumer<String> progress) {
        Starting starting = new Starting(progress);
        endStart = starting::giveUp;
        return starting;
    }

    private Stream<CompletableFuture<Void>> storesAfter(CompletableFuture<Void> needed, Starting starting) {
        return replicas(ServiceName.MAILBOX_SERVICE).stream().map(replica -> starting.after(needed, replica.child()));
    }

    private Stream<CompletableFuture<Void>> othersAfter(CompletableFuture<Void> needed, Starting starting) {
        return replicas.stream().filter(replica -> replica.service() != ServiceName.MAILBOX_SERVICE)
                .map(replica -> starting.after(needed, replica.child()));
    }

    /**
     * One more process of a service, on free ports; not started. Of one of mailbox-service nobody is told.
     *
     * @throws IOException when its settings cannot be written
     */
    public Replica another(ServiceName service) throws IOException {
        return another(service, Map.of());
    }

    /**
     * The same with some settings of its own.
     *
     * @param settings properties of this process alone, above all others
     * @throws IOException when its settings cannot be written
     */
    public Replica another(ServiceName service, Map<String, String> settings) throws IOException {
        Ports own = layout.ports().withOwn(service.ports());
        Map<String, String> all = this.settings.of(service, own);
        all.putAll(settings);
        return add(numbered(service, replicas(service).size() + 1), service, own, all);
    }

    /** The processes of a service. */
    public List<Replica> replicas(ServiceName service) {
        return replicas.stream().filter(replica -> replica.service() == service).toList();
    }

    /** The first process of a service. */
    public Child service(ServiceName service) {
        return replicas(service).getFirst().child();
    }

    /** The broker. */
    public KafkaServer kafka() {
        return kafka;
    }

    /** The database. */
    public CassandraServer cassandra() {
        return cassandra;
    }

    /** Where the engines and the first process of each service listen. */
    public Ports ports() {
        return layout.ports();
    }

    /** Where the data is. */
    public DataFolder folder() {
        return folder;
    }

    /** All processes, engines first. */
    public List<Child> children() {
        return List.copyOf(listening().keySet());
    }

    /** All processes, engines first, and the numbers they listen on; of a service the one of its health is the last. */
    SequencedMap<Child, List<Integer>> listening() {
        SequencedMap<Child, List<Integer>> all = new LinkedHashMap<>();
        all.put(kafka.child(), List.of(ports().number(Port.KAFKA)));
        all.put(cassandra.child(), List.of(ports().number(Port.CASSANDRA)));
        replicas.forEach(replica -> all.put(replica.child(), replica.listening()));
        return all;
    }

    /** Stops everything in good order: the gateways and the worker, then the store, then the engines. */
    @Override
    public void close() {
        endStart.run();
        Map<Boolean, List<Child>> stores = replicas.stream().collect(Collectors.partitioningBy(
                replica -> replica.service() == ServiceName.MAILBOX_SERVICE, Collectors.mapping(Replica::child, Collectors.toList())));
        stopTogether(stores.get(false));
        stopTogether(stores.get(true));
        stopTogether(List.of(kafka.child(), cassandra.child()));
    }

    private static void stopTogether(List<Child> children) {
        CompletableFuture.allOf(children.stream()
                .map(child -> CompletableFuture.runAsync(() -> child.stop(STOP_GRACE), Thread::startVirtualThread))
                .toArray(CompletableFuture[]::new)).join();
    }
}
