package org.postel.endtoend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process tells its monitoring. */
final class Metrics {

    private static final Pattern EXEMPLAR = Pattern.compile(" # \\{.*trace_id=\"([0-9a-f]{32})\"");
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private Metrics() {
    }

    /** The lines whose name begins so. */
    static List<String> of(int healthPort, String name) throws IOException {
        return lines(healthPort, name, "text/plain");
    }

    /** The trace that stands as an exemplar behind one of these lines, which is waited for; asked as a Prometheus asks that takes OpenMetrics only. */
    static String exemplar(int healthPort, String name, Duration longest) throws IOException {
        long end = System.nanoTime() + longest.toNanos();
        while (System.nanoTime() - end < 0) {
            for (String line : lines(healthPort, name, "application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1")) {
                Matcher exemplar = EXEMPLAR.matcher(line);
                if (exemplar.find()) {
                    return exemplar.group(1);
                }
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        throw new AssertionError("no exemplar behind " + name);
    }

    private static List<String> lines(int healthPort, String name, String format) throws IOException {
        // As Prometheus asks. An upgrade to HTTP/2, which this client else asks for, was once not answered.
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + healthPort + "/metrics")).timeout(LONGEST).header("Accept", format).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body().lines()
                    .filter(line -> line.startsWith(name)).toList();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    /** The sum of these. */
    static int sum(int healthPort, String name) throws IOException {
        return of(healthPort, name).stream().mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }
}
