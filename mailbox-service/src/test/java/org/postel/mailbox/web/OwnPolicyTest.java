package org.postel.mailbox.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mailbox.storage.StoreException;

/** RFC 8461 §3.2 and §3.3. */
@Timeout(30)
class OwnPolicyTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean down;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        Router router = Router.router(vertx);
        new OwnPolicy(new PolicySettings(PolicyMode.ENFORCE, List.of("mx.example.test", "*.mx.example.test"), Duration.ofDays(7)), domain -> {
            asked.add(domain);
            if (down) {
                throw new StoreException(StoreException.Problem.UNAVAILABLE, "down");
            }
            return domain.equals("example.test");
        }).on(router);
        server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mta-sts.example.test", "MTA-STS.Example.test:443"})
    void aDomainOfOursHasThePolicy(String host) throws Exception {
        String answer = get("/.well-known/mta-sts.txt", host);
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(answer.toLowerCase().contains("content-type: text/plain"), answer);
        assertTrue(answer.endsWith("\r\n\r\nversion: STSv1\r\nmode: enforce\r\nmx: mx.example.test\r\nmx: *.mx.example.test\r\nmax_age: 604800\r\n"),
                answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mta-sts.example.org", "example.test", "mta-sts.", "", "x.mta-sts.example.test", "mta-sts.a/../b"})
    void otherHostsHaveNone(String host) throws Exception {
        String answer = get("/.well-known/mta-sts.txt", host);
        assertTrue(answer.startsWith("HTTP/1.1 40"), answer);
        assertTrue(!answer.contains("STSv1"), answer);
    }

    @Test
    void theDirectoryIsNotAskedForEachRequest() throws Exception {
        get("/.well-known/mta-sts.txt", "mta-sts.example.test");
        get("/.well-known/mta-sts.txt", "mta-sts.example.test");
        assertEquals(List.of("example.test"), asked);
    }

    @Test
    void aSilentDirectoryIsNoAnswer() throws Exception {
        down = true;
        assertTrue(get("/.well-known/mta-sts.txt", "mta-sts.example.test").startsWith("HTTP/1.1 503 "));
    }

    private String get(String path, String host) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
