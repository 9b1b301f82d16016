package org.postel.endtoend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postel.launcher.platform.Port;

/** Asks for all accounts without a token, again and again. */
final class Stranger implements AutoCloseable {

    /** No HTTP status: nobody took the connection. */
    static final int NOBODY = 0;
    private static final Duration BETWEEN = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;
    private final Thread thread;
    private final List<Integer> heard = new ArrayList<>();
    private volatile boolean closed;

    Stranger(RunningPlatform platform) {
        this.request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + platform.port(Port.WEB) + "/api/v1/accounts")).timeout(PATIENCE).build();
        this.thread = Thread.ofVirtual().start(this::run);
    }

    private void run() {
        try {
            while (!closed) {
                hear(ask());
                Thread.sleep(BETWEEN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int ask() throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException gone) {
            return NOBODY;
        }
    }

    /** What repeats itself counts once. */
    private synchronized void hear(int status) {
        if (heard.isEmpty() || heard.getLast() != status) {
            heard.add(status);
        }
    }

    /** What it was answered, in order. */
    synchronized List<Integer> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        client.close();
    }
}
