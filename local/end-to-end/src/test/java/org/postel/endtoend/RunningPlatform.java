package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.postel.engines.Child;
import org.postel.engines.SourceTree;
import org.postel.launcher.FailedException;
import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.cli.Commands;
import org.postel.launcher.platform.DataFolder;
import org.postel.launcher.platform.Layout;
import org.postel.launcher.platform.Platform;
import org.postel.launcher.platform.Port;
import org.postel.launcher.platform.Replica;
import org.postel.launcher.platform.Scale;
import org.postel.launcher.platform.ServiceName;

/** A whole platform on free ports and an empty data folder, which goes away with it. */
final class RunningPlatform implements AutoCloseable {

    private static final AtomicInteger ACCOUNTS = new AtomicInteger();
    private static RunningPlatform up;

    private final Path folder;
    private final Platform platform;
    private final AdminApi admin;
    private final Map<Port, Integer> asked = new ConcurrentHashMap<>();

    private RunningPlatform(Map<String, String> settings, Scale scale) throws IOException {
        this.folder = Files.createTempDirectory("postel-end-to-end-");
        this.platform = new Platform(SourceTree.find().root(), new DataFolder(folder), Layout.free(scale), settings);
        this.admin = new AdminApi(platform.folder(), platform.ports().number(Port.WEB));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::close));
    }

    /** {@link SharedPlatform#UNBROKEN}. */
    static RunningPlatform shared() {
        return SharedPlatform.UNBROKEN.running();
    }

    /** Another one, with properties of its own. */
    static RunningPlatform start(Map<String, String> settings) {
        return start(settings, Scale.ONE_OF_EACH);
    }

    /** The same with several processes of each service. The one that was up before ends: it takes from two cores also when nobody uses it. */
    static synchronized RunningPlatform start(Map<String, String> settings, Scale scale) {
        if (up != null) {
            up.close();
        }
        try {
            up = new RunningPlatform(settings, scale);
            up.platform.start(System.out::println);
            return up;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Settings for tests: no name is looked up, what is deferred is tried again after two seconds, and a service that is back is soon found. */
    static Map<String, String> impatient() {
        Map<String, String> settings = new HashMap<>();
        settings.put("postel.hostname", "mail.example.test");
        settings.put("postel.queue.retry-tiers", "2s,5s");
        settings.put("postel.delivery.retry-schedule", "2s");
        settings.put("postel.delivery.relay.parking-tier", "2s");
        settings.put("postel.delivery.dns.resolver", "127.0.0.1:1");
        settings.put("postel.delivery.dns.timeout", "1s");
        for (String service : List.of("smtp", "imap", "delivery")) {
            settings.put("postel." + service + ".probe-interval", "500ms");
        }
        return settings;
    }

    /** That of one process of its service, each time of the next. */
    int port(Port port) {
        List<Integer> all = ports(port);
        return all.get(asked.merge(port, 1, Integer::sum) % all.size());
    }

    /** The same port of each process of its service. */
    List<Integer> ports(Port port) {
        return Stream.of(ServiceName.values()).filter(service -> service.ports().contains(port))
                .flatMap(service -> platform.replicas(service).stream()).map(replica -> replica.ports().number(port)).toList();
    }

    Platform platform() {
        return platform;
    }

    AdminApi admin() {
        return admin;
    }

    /**
     * What {@code ./postel} tells for a command, on this platform.
     *
     * @throws FailedException what it says when it cannot be done
     */
    String postel(String... command) throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            int code = Commands.of(SourceTree.find().root(), platform.folder(), admin).run(List.of(command));
            assertEquals(0, code, () -> List.of(command) + ": " + told.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
        return told.toString(StandardCharsets.UTF_8);
    }

    /** That of another mailbox-service on the same data. */
    AdminApi adminAt(int webPort) {
        return new AdminApi(platform.folder(), webPort);
    }

    /** A new account at example.test. */
    Account account() throws IOException {
        return account("user" + ACCOUNTS.incrementAndGet() + "@example.test");
    }

    Account account(String address) throws IOException {
        Account account = new Account(address, "secret-" + address.hashCode());
        admin.post("/accounts", Map.of("address", account.address(), "password", account.password()));
        return account;
    }

    void alias(String address, String... targets) throws IOException {
        admin.post("/aliases", Map.of("address", address, "targets", List.of(targets)));
    }

    /** Whether it was started and is not closed yet. */
    boolean isUp() {
        return Files.exists(folder);
    }

    /** Its data goes away, so that no process need end in good order. */
    @Override
    public void close() {
        platform.children().forEach(Child::kill);
        platform.close();
        try {
            delete();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void delete() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        keepLogs();
        List<Path> files;
        try (Stream<Path> tree = Files.walk(folder)) {
            files = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    /** For a person who wonders about a failed test: target/platform-logs. */
    private void keepLogs() throws IOException {
        Path kept = Files.createDirectories(Path.of("target", "platform-logs", folder.getFileName().toString()));
        try (Stream<Path> logs = Files.list(platform.folder().logs())) {
            for (Path log : logs.toList()) {
                Files.move(log, kept.resolve(log.getFileName()));
            }
        }
    }
}
