package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the JVM of each service may take fits its container: else the kernel ends it, and not the connection that asked for too much. */
class MemoryTest {

    private static final long MIB = 1 << 20;
    /**
     * Of the image, as measured; it is mapped at another address each time, so its pages become the process's own. That of delivery-worker was not
     * measured: its classes take what those of smtp-gateway take, so its cache is taken to be as large.
     */
    private static final Map<String, Long> AOT_CACHE = Map.of("mailbox-service", 88 * MIB, "smtp-gateway", 57 * MIB, "imap-gateway", 51 * MIB,
            "pop3-gateway", 38 * MIB, "delivery-worker", 57 * MIB);
    /** 96 of them with 128 KiB of stack that was touched. */
    private static final long THREADS = 12 * MIB;
    /** For the collector, the compilers while they work, and the C library. */
    private static final long REST = 28 * MIB;
    private static final Pattern HEAP = Pattern.compile("-XX:MaxRAMPercentage=(\\d+)");

    static Stream<Workload> services() throws IOException {
        return Workload.services().stream();
    }

    @ParameterizedTest
    @MethodSource("services")
    void allThatTheJvmTakesFitsTheContainer(Workload service) throws IOException {
        long limit = Quantity.getAmountInBytes(service.container().getResources().getLimits().get("memory")).longValueExact();
        Matcher heap = HEAP.matcher(Files.readString(Manifests.file("Dockerfile")));
        assertTrue(heap.find());
        long taken = limit * Integer.parseInt(heap.group(1)) / 100 + option(service, "MaxDirectMemorySize")
                + option(service, "MaxMetaspaceSize") + option(service, "ReservedCodeCacheSize") + AOT_CACHE.get(service.name()) + THREADS + REST;
        assertTrue(taken <= limit, service + " may take " + taken / MIB + " MiB of " + limit / MIB);
    }

    /** What the heap is said to be stands beside the limit. */
    @ParameterizedTest
    @MethodSource("services")
    void theCommentBesideTheLimitSaysWhatTheHeapIs(Workload service) throws IOException {
        long limit = Quantity.getAmountInBytes(service.container().getResources().getLimits().get("memory")).longValueExact();
        Matcher said = Pattern.compile("(\\d+)Mi of heap").matcher(Files.readString(Manifests.file("k8s/base/" + service.name() + ".yaml")));
        assertTrue(said.find());
        assertEquals(limit * 0.6 / MIB, Integer.parseInt(said.group(1)), 2, service.name());
    }

    /** The gateway's own test of its memory gives it no more than a pod has. */
    @Test
    void theSmtpGatewayWasTriedWithWhatAPodHas() throws IOException {
        String tried = Files.readString(Manifests.file("smtp-gateway/src/test/java/org/postel/smtp/server/MemoryTest.java"));
        Workload pod = Workload.services().stream().filter(service -> service.name().equals("smtp-gateway")).findFirst().orElseThrow();
        long limit = Quantity.getAmountInBytes(pod.container().getResources().getLimits().get("memory")).longValueExact();
        assertTrue(megabytes(tried, "-Xmx") <= limit * 6 / 10, "heap");
        assertTrue(megabytes(tried, "-XX:MaxDirectMemorySize=") <= option(pod, "MaxDirectMemorySize"), "memory outside of the heap");
    }

    private static long option(Workload service, String name) throws IOException {
        return megabytes(ConfigurationTest.environment(service.name()).get("JDK_JAVA_OPTIONS"), "-XX:" + name + "=");
    }

    private static long megabytes(String options, String name) {
        Matcher megabytes = Pattern.compile(name + "(\\d+)m").matcher(options);
        assertTrue(megabytes.find(), () -> "no " + name);
        return Long.parseLong(megabytes.group(1)) * MIB;
    }
}
