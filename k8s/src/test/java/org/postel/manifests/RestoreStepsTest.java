package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The steps of k8s/README.md after which a backup is what clients see: their order, and that nobody gets past one that failed. */
@Timeout(60)
class RestoreStepsTest {

    private static final Pattern BLOCK = Pattern.compile("^```\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern JOB = Pattern.compile("<<'YAML'\\n(.*?)YAML\\n", Pattern.DOTALL);
    private static final String LAST = "{\"accounts\":3,\"mailboxes\":18,\"next\":null}";

    @TempDir
    Path folder;

    /** What mailbox-service answers, one after the other; an empty text is 401. */
    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private HttpServer service;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> exchange.sendResponseHeaders(404, -1));
        service.createContext("/api/v1/restored/mailboxes", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getQuery() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer = answers.removeFirst().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.length == 0 ? 401 : 200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    /** All that writes stands still meanwhile, and all of it runs again afterwards. */
    @Test
    void stepsNameWhatThereIs() throws IOException {
        List<String> steps = steps();
        assertEquals(4, steps.size());
        assertEquals(Workload.services().stream().map(Workload::name).collect(Collectors.toSet()), scaled(steps.get(0), 0));
        Matcher yaml = JOB.matcher(steps.get(1));
        assertTrue(yaml.find(), "a job for Medusa");
        MedusaRestoreJob job = Manifests.only(MedusaRestoreJob.class, Manifests.resources(yaml.group(1))).getFirst();
        assertEquals(Manifests.only(K8ssandraCluster.class, Manifests.in("k8s/overlays/production")).getFirst().getSpec().cassandra().datacenters().getFirst()
                .metadata().name(), job.getSpec().cassandraDatacenter());
        Set<String> autoscaled = Manifests.only(HorizontalPodAutoscaler.class, Manifests.in("k8s/components/hpa")).stream()
                .map(scaler -> scaler.getSpec().getScaleTargetRef().getName()).collect(Collectors.toSet());
        assertEquals(autoscaled, scaled(steps.get(3), 2));
    }

    /** A mailbox that clients see before would give UIDs for the second time. */
    @Test
    void mailboxesGoOnBeforeAnybodySeesThem() throws IOException {
        String resource = Files.readString(Manifests.file("mailbox-service/src/main/java/org/postel/mailbox/admin/RestoredResource.java"));
        Matcher path = Pattern.compile("@Path\\(\"(/[^\"]+)\"\\).*@Path\\(\"([^\"]+)\"\\)", Pattern.DOTALL).matcher(resource);
        assertTrue(path.find());
        List<String> steps = steps();
        assertTrue(steps.get(2).contains("localhost:8080" + path.group(1) + "/" + path.group(2) + "?after="));
        assertEquals(Set.of("mailbox-service"), scaled(steps.get(2), 1));
        assertTrue(steps.get(3).startsWith("kubectl apply -k YOUR-OVERLAY\n"));
    }

    @Test
    void allPartsAreAskedForAndThenItIsDone() throws IOException, InterruptedException {
        String first = "{\"accounts\":100,\"mailboxes\":600,\"next\":\"0b5e7a52-0000-4000-8000-00000000000a\"}";
        answers.addAll(List.of(first, LAST));
        assertEquals(List.of("0", first, LAST, "Done"), told(""));
        assertEquals(List.of("POST after= Bearer token", "POST after=0b5e7a52-0000-4000-8000-00000000000a Bearer token"), asked);
    }

    @Test
    void whatFailsIsNotDone() throws IOException, InterruptedException {
        answers.add("");
        assertEquals(List.of("22"), told(""), "refused");
        answers.add("{\"accounts\":100}");
        assertEquals(List.of("1", "{\"accounts\":100}"), told(""), "an answer that says nothing of a next part");
        assertEquals(List.of("1"), told("create token"));
        assertEquals(List.of("1"), told("rollout status"));
        assertEquals(2, asked.size());
    }

    /** The third step, as it stands there but for the port, with a kubectl that fails at what is given: its exit code, then its lines. */
    private List<String> told(String failing) throws IOException, InterruptedException {
        Path kubectl = folder.resolve("kubectl");
        Files.writeString(kubectl, """
                #!/bin/sh
                case "$*" in
                  *"${FAILING:-nothing fails}"*) exit 1 ;;
                  *"create token"*) echo token ;;
                  *port-forward*) exec sleep 60 ;;
                esac
                """);
        assertTrue(kubectl.toFile().setExecutable(true));
        ProcessBuilder builder = new ProcessBuilder("timeout", "20", "bash", "-c", steps().get(2).replace("localhost:8080", "127.0.0.1:" + service.getAddress().getPort()))
                .redirectError(folder.resolve("errors").toFile());
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        builder.environment().put("FAILING", failing);
        Process shell = builder.start();
        List<String> told = new ArrayList<>(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        told.addFirst(String.valueOf(shell.waitFor()));
        return told;
    }

    private static Set<String> scaled(String step, int pods) {
        Matcher line = Pattern.compile("--replicas " + pods + " ([a-z3 -]+?) *(#|$)", Pattern.MULTILINE).matcher(step);
        assertTrue(line.find(), step);
        return Set.of(line.group(1).split(" "));
    }

    private static List<String> steps() throws IOException {
        String readme = Files.readString(Manifests.file("k8s/README.md"));
        String section = readme.substring(readme.indexOf("## Backup and restore"), readme.indexOf("## Tests"));
        return BLOCK.matcher(section).results().map(block -> block.group(1)).toList();
    }
}
