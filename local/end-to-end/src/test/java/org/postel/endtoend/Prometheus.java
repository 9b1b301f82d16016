package org.postel.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import org.postel.engines.FreePort;

/** Debian's Prometheus, which scrapes a platform every two seconds as docs/metrics.md says, and answers queries. */
final class Prometheus implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final int port;

    private Prometheus(Path folder, int port) throws IOException {
        this.port = port;
        this.log = folder.resolve("prometheus.log");
        this.process = new ProcessBuilder("prometheus", "--config.file=" + folder.resolve("prometheus.yml"), "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /**
     * Starts it.
     *
     * @param folder  an empty one, for its data
     * @param targets the health ports of each service, by its name
     */
    static Prometheus start(Path folder, Map<String, List<Integer>> targets) throws IOException {
        Files.writeString(folder.resolve("prometheus.yml"), """
                global:
                  scrape_interval: 2s
                scrape_configs:
                  - job_name: postel
                    static_configs:
                """ + targets.entrySet().stream().map(target -> """
                      - targets: [%s]
                        labels: {service: %s}
                """.formatted(target.getValue().stream().map(port -> "'127.0.0.1:" + port + "'").collect(Collectors.joining(", ")), target.getKey()).indent(4)).collect(Collectors.joining()));
        Prometheus started = new Prometheus(folder, FreePort.next());
        started.awaitReady();
        return started;
    }

    private void awaitReady() throws IOException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try {
                if (get("/-/ready").statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() - end > 0) {
                    throw new IOException("Prometheus does not start: " + Files.readString(log), notYet);
                }
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** How many series an expression has now, those that are not a number left out. */
    long series(String expression) throws IOException {
        HttpResponse<String> response = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        JsonNode answer = JSON.readTree(response.body());
        if (!"success".equals(answer.path("status").asText())) {
            throw new IOException(expression + ": " + answer);
        }
        long found = 0;
        for (JsonNode one : answer.path("data").path("result")) {
            if (!"NaN".equals(one.path("value").path(1).asText())) {
                found++;
            }
        }
        return found;
    }

    /**
     * What an expression had at one time.
     *
     * @param value a number
     */
    record Point(Instant at, double value) {
    }

    /**
     * One series of an expression.
     *
     * @param labels by name
     * @param points in the order of time; at least one
     */
    record Series(Map<String, String> labels, List<Point> points) {
    }

    /** What an expression had over a time that ends now, a point for each scrape; what is not a number is left out. */
    List<Series> range(String expression, Duration back) throws IOException {
        long end = Instant.now().getEpochSecond();
        HttpResponse<String> response = get("/api/v1/query_range?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8) + "&start=" + (end - back.toSeconds())
                + "&end=" + end + "&step=2");
        List<Series> found = new ArrayList<>();
        for (JsonNode one : JSON.readTree(response.body()).path("data").path("result")) {
            Map<String, String> labels = new HashMap<>();
            one.get("metric").properties().forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
            List<Point> points = new ArrayList<>();
            for (JsonNode point : one.get("values")) {
                // Prometheus writes +Inf where Java reads Infinity.
                String value = point.get(1).asText();
                if (!value.endsWith("Inf") && !value.equals("NaN")) {
                    points.add(new Point(Instant.ofEpochSecond(point.get(0).asLong()), Double.parseDouble(value)));
                }
            }
            if (!points.isEmpty()) {
                found.add(new Series(labels, points));
            }
        }
        return found;
    }

    private HttpResponse<String> get(String path) throws IOException {
        try {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
