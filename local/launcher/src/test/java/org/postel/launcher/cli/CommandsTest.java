package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.launcher.FailedException;
import org.postel.launcher.UsageException;
import org.postel.launcher.platform.DataFolder;
import org.postel.launcher.platform.Layout;
import org.postel.launcher.platform.Port;
import org.postel.launcher.platform.Ports;
import org.postel.launcher.platform.RunLock;
import org.postel.launcher.platform.Scale;
import org.postel.launcher.platform.ServiceName;

class CommandsTest {

    @TempDir
    Path root;

    @Test
    void anUnknownCommandIsUsage() {
        assertThrows(UsageException.class, () -> Commands.of(root).run(List.of("fly")));
        assertThrows(UsageException.class, () -> Commands.of(root).run(List.of()));
    }

    @Test
    void statusOfNothingIsThree() throws IOException {
        assertEquals(Command.NOT_RUNNING, Commands.of(root).run(List.of("status")));
    }

    @Test
    void downOfNothingIsDone() throws IOException {
        assertEquals(Command.DONE, Commands.of(root).run(List.of("down")));
    }

    @Test
    void aSecondUpSaysThatOneRuns() throws IOException {
        try (RunLock running = RunLock.take(new DataFolder(root.resolve(".postel"))).orElseThrow()) {
            FailedException refused = assertThrows(FailedException.class,
                    () -> Commands.of(root).run(List.of("up", "--parent", "1")));
            assertTrue(refused.getMessage().startsWith("Postel is already"), refused.getMessage());
        }
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        Layout free = Layout.free(Scale.ONE_OF_EACH);
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused(new Layout(withImap(free, other), free.replicas()), other);
            Ports second = withImap(free, other);
            Map<ServiceName, List<Ports>> replicas = new EnumMap<>(free.replicas());
            replicas.put(ServiceName.IMAP_GATEWAY, List.of(free.ports(), second));
            assertRefused(new Layout(free.ports(), replicas), other);
        }
    }

    private static Ports withImap(Layout free, ServerSocket other) {
        Map<Port, Integer> numbers = new EnumMap<>(free.ports().withOwn(ServiceName.IMAP_GATEWAY.ports()).numbers());
        numbers.put(Port.IMAP, other.getLocalPort());
        return new Ports(numbers);
    }

    private static void assertRefused(Layout layout, ServerSocket other) {
        FailedException refused = assertThrows(FailedException.class, () -> new Preflight(layout).check());
        assertEquals("Port " + other.getLocalPort() + " (IMAP) is in use by another program. "
                + "Stop it, then run ./postel up again.", refused.getMessage());
    }

    @Test
    void resetForgetsAllButWhatTheOperatorWrote() throws IOException {
        Path data = Files.createDirectories(root.resolve(".postel/kafka/data"));
        Files.createFile(data.resolve("00.log"));
        Path own = Files.createFile(root.resolve(".postel/postel.properties"));
        assertEquals(Command.DONE, Commands.of(root).run(List.of("reset")));
        assertTrue(Files.exists(own));
        assertFalse(Files.exists(root.resolve(".postel/kafka")));
    }

    @Test
    void logsOfNobodyNamesWhoHasLogs() throws IOException {
        Files.createDirectories(root.resolve(".postel/logs"));
        Files.writeString(root.resolve(".postel/logs/kafka.log"), "hello\n");
        assertEquals(Command.DONE, Commands.of(root).run(List.of("logs", "kafka")));
        FailedException refused = assertThrows(FailedException.class,
                () -> Commands.of(root).run(List.of("logs", "../kafka")));
        assertTrue(refused.getMessage().endsWith("There are: kafka"), refused.getMessage());
    }

    @Test
    void logsOfAServiceAreThoseOfAllItsProcesses() throws IOException {
        Files.createDirectories(root.resolve(".postel/logs"));
        Files.writeString(root.resolve(".postel/logs/imap-gateway-1.log"), "hello\n");
        Files.writeString(root.resolve(".postel/logs/imap-gateway-2.log"), "hello\n");
        assertEquals(Command.DONE, Commands.of(root).run(List.of("logs", "imap-gateway")));
        assertEquals(Command.DONE, Commands.of(root).run(List.of("logs", "imap-gateway-2")));
        assertThrows(FailedException.class, () -> Commands.of(root).run(List.of("logs", "imap-gateway-3")));
        assertThrows(FailedException.class, () -> Commands.of(root).run(List.of("logs", "imap")));
    }

    @Test
    void logsBeforeTheFirstStartSaySo() {
        FailedException refused = assertThrows(FailedException.class, () -> Commands.of(root).run(List.of("logs")));
        assertEquals("There are no logs yet: Postel was never started here. Start it with ./postel up -d",
                refused.getMessage());
    }

    @Test
    void withoutAPlatformTheAdminCommandsSaySo() {
        FailedException refused = assertThrows(FailedException.class,
                () -> Commands.of(root).run(List.of("domain", "list")));
        assertEquals("Postel was never started here. Start it with ./postel up -d", refused.getMessage());
    }
}
