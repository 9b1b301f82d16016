package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postel.mailbox.api.v1.DeliveryGrpc;
import org.postel.mailbox.api.v1.PutContentRequest;
import org.postel.mailbox.api.v1.PutContentResponse;
import org.postel.wire.LineClient;

/**
 * A gateway with a heap of 512 MiB has 5,000 connections open and takes 500 messages of 25 MB at once: {@code ./postel test memory}.
 * The messages together are 25 times what it has; half of each is there before any of them goes on. Some minutes.
 */
@Tag("memory")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class MemoryTest {

    private static final int IDLE = 5_000;
    private static final int MESSAGES = 500;
    private static final int LINE = 1000;
    private static final int LINES = 25_000;
    private static final byte[] BLOCK = ("x".repeat(LINE - 2) + "\r\n").repeat(50).getBytes(StandardCharsets.US_ASCII);

    @Test
    void aGatewayStaysWithinItsHeap(@TempDir Path folder) throws Exception {
        Server store = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).addService(new CountingStore()).build().start();
        Path token = Files.writeString(folder.resolve("token"), "a.b.c");
        Process gateway = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"), LoadedGateway.class.getName(), String.valueOf(store.getPort()), token.toString())
            .redirectError(folder.resolve("log").toFile()).start();
        try (BufferedReader said = gateway.inputReader()) {
            int port = port(said);
            List<LineClient> idle = idle(port);
            long begun = System.nanoTime();
            sendAll(port);
            System.out.printf("%d messages of %d octets, %d at once, in %d s%n", MESSAGES, LINE * LINES, MESSAGES, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
            for (LineClient client : idle) {
                client.send("NOOP").expect("250");
            }
            gateway.outputWriter().append("figures\n").flush();
            String figures = said.readLine();
            System.out.println(figures);
            assertTrue(figures.endsWith("queued " + MESSAGES), figures);
            for (LineClient client : idle) {
                client.close();
            }
        } finally {
            gateway.destroy();
            store.shutdownNow();
            assertEquals("", Files.readString(folder.resolve("log")).lines().filter(line -> line.contains("OutOfMemory")).findFirst().orElse(""));
        }
    }

    // What the log manager prints may come before.
    private static int port(BufferedReader said) throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("port ")) {
                return Integer.parseInt(line.substring(5));
            }
        }
        throw new IOException("the gateway did not start");
    }

    private static List<LineClient> idle(int port) throws IOException {
        List<LineClient> idle = new ArrayList<>();
        for (int i = 0; i < IDLE; i++) {
            LineClient client = LineClient.connect(port);
            client.expect("220");
            idle.add(client);
        }
        return idle;
    }

    private static void sendAll(int port) throws Exception {
        CountDownLatch halves = new CountDownLatch(MESSAGES);
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                answers.add(senders.submit(() -> send(port, halves)));
            }
            for (Future<String> answer : answers) {
                assertTrue(answer.get().startsWith("250 2.0.0 Queued"), answer.get());
            }
        }
    }

    private static String send(int port, CountDownLatch halves) throws IOException, InterruptedException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            BufferedReader replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            replies.readLine();
            for (String command : List.of("EHLO client.example.org", "MAIL FROM:<carol@example.org> SIZE=" + LINE * LINES, "RCPT TO:<alice@example.test>", "DATA")) {
                socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
                String reply = replies.readLine();
                while (reply.startsWith("250-")) {
                    reply = replies.readLine();
                }
            }
            socket.getOutputStream().write("Subject: large\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int sent = 0; sent < LINES / 2; sent += 50) {
                socket.getOutputStream().write(BLOCK);
            }
            halves.countDown();
            halves.await();
            for (int sent = 0; sent < LINES / 2; sent += 50) {
                socket.getOutputStream().write(BLOCK);
            }
            socket.getOutputStream().write(".\r\n".getBytes(StandardCharsets.US_ASCII));
            return replies.readLine();
        }
    }

    /** Counts octets and keeps none. */
    private static final class CountingStore extends DeliveryGrpc.DeliveryImplBase {

        @Override
        public StreamObserver<PutContentRequest> putContent(StreamObserver<PutContentResponse> answer) {
            return new StreamObserver<>() {
                private long size;

                @Override
                public void onNext(PutContentRequest request) {
                    ByteString data = request.getData();
                    size += data.size();
                }

                @Override
                public void onError(Throwable failure) {
                    size = 0;
                }

                @Override
                public void onCompleted() {
                    answer.onNext(PutContentResponse.newBuilder().setSize(size).build());
                    answer.onCompleted();
                }
            };
        }
    }
}
