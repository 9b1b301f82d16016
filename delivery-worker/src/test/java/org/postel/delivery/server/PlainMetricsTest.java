package org.postel.delivery.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlainMetricsTest {

    private static final String NOTHING = "nothing";
    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;

    /** What answers here, as Quarkus's route does, is there before ours and after it. */
    @BeforeEach
    void start() throws Exception {
        Router router = Router.router(vertx);
        router.get().handler(request -> request.end(Objects.requireNonNullElse(request.request().getHeader("Accept"), NOTHING)));
        PlainMetrics.on(router);
        server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void whoNamesNoFormGetsTheOneWithoutExemplars() throws Exception {
        assertEquals("text/plain", asked(request("/metrics")));
    }

    @Test
    void whoNamesAFormGetsIt() throws Exception {
        String form = "application/openmetrics-text;version=1.0.0";
        assertEquals(form, asked(request("/metrics").header("Accept", form)));
    }

    @Test
    void otherPathsAreLeftAlone() throws Exception {
        assertEquals(NOTHING, asked(request("/q/health")));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path));
    }

    private static String asked(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request.build(), BodyHandlers.ofString()).body();
        }
    }
}
