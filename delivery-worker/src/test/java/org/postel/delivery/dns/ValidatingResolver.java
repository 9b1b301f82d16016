package org.postel.delivery.dns;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postel.delivery.relay.MailExchangers.Answer;

/**
 * Debian's unbound on loopback, which asks nobody: it has the zones of a test. Some of them are signed by ldns-signzone, and it knows their
 * keys. {@code apt-get install unbound ldnsutils}.
 */
public final class ValidatingResolver implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final Process process;
    private final InetSocketAddress address;

    /**
     * Ready when it returns.
     *
     * @param folder for its files
     * @param signed the records of zones that are signed, by the names of these; relative names, without SOA and NS
     * @param unsigned likewise
     * @param forged what stands in a signed zone, and what an attacker put there instead
     */
    public ValidatingResolver(Path folder, Map<String, String> signed, Map<String, String> unsigned, Map<String, String> forged)
            throws IOException, InterruptedException {
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        StringBuilder config = new StringBuilder("""
            server:
              interface: 127.0.0.1
              port: %d
              do-daemonize: no
              username: ""
              chroot: ""
              directory: "%s"
              pidfile: ""
              use-syslog: no
              logfile: ""
              module-config: "validator iterator"
              do-not-query-localhost: no
            """.formatted(address.getPort(), folder));
        StringBuilder zones = new StringBuilder("remote-control:\n  control-enable: no\n");
        for (Map.Entry<String, String> zone : unsigned.entrySet()) {
            zones.append(served(zone.getKey(), write(folder, zone.getKey(), zone.getValue())));
        }
        for (Map.Entry<String, String> zone : signed.entrySet()) {
            String key = run(folder, "ldns-keygen", "-a", "ECDSAP256SHA256", "-k", zone.getKey()).strip();
            run(folder, "ldns-signzone", write(folder, zone.getKey(), zone.getValue()).getFileName().toString(), key);
            Path signedZone = folder.resolve(zone.getKey() + ".signed");
            String text = Files.readString(signedZone);
            for (Map.Entry<String, String> forgery : forged.entrySet()) {
                text = text.replace(forgery.getKey(), forgery.getValue());
            }
            Files.writeString(signedZone, text);
            config.append("  trust-anchor-file: \"").append(key).append(".ds\"\n");
            zones.append(served(zone.getKey(), signedZone));
        }
        Files.writeString(folder.resolve("unbound.conf"), config.append(zones));
        this.process = command(folder, "unbound", "-c", "unbound.conf").redirectOutput(folder.resolve("log").toFile()).start();
        awaitAnswer(folder, Stream.concat(signed.keySet().stream(), unsigned.keySet().stream()).findFirst().orElseThrow());
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private void awaitAnswer(Path folder, String zone) throws IOException, InterruptedException {
        DnsExchangers client = new DnsExchangers(Optional.of(address), true, Duration.ofSeconds(1));
        long until = System.nanoTime() + START_LIMIT.toNanos();
        while (client.exchangers(zone) instanceof Answer.Unknown<?>) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > until) {
                process.destroy();
                throw new IOException("unbound did not start: " + Files.readString(folder.resolve("log")));
            }
        }
    }

    private static Path write(Path folder, String zone, String records) throws IOException {
        return Files.writeString(folder.resolve(zone), """
            $ORIGIN %s.
            $TTL 300
            @ SOA ns hostmaster 1 3600 600 86400 60
            @ NS ns
            ns A 127.0.0.1
            %s
            """.formatted(zone, records));
    }

    private static String served(String zone, Path file) {
        return """
            auth-zone:
              name: "%s"
              zonefile: "%s"
              for-downstream: no
              for-upstream: yes
              fallback-enabled: no
            """.formatted(zone, file);
    }

    private static String run(Path folder, String... command) throws IOException, InterruptedException {
        Process run = command(folder, command).start();
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (run.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
        return said;
    }

    private static ProcessBuilder command(Path folder, String... command) throws IOException {
        Path program = Stream.of("/usr/sbin", "/usr/bin").map(place -> Path.of(place, command[0])).filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new IOException(command[0] + " is not installed: apt-get install unbound ldnsutils"));
        return new ProcessBuilder(Stream.concat(Stream.of(program.toString()), List.of(command).stream().skip(1)).collect(Collectors.toList()))
                .directory(folder.toFile()).redirectErrorStream(true);
    }

    private static int freePort() throws IOException {
        try (DatagramSocket any = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }
}
