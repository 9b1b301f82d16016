package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Domain;
import org.postel.mailbox.api.v1.DeliveryGrpc;
import org.postel.mailbox.api.v1.PutContentRequest;
import org.postel.mailbox.api.v1.PutContentResponse;
import org.postel.trust.dkim.Algorithm;
import org.postel.trust.dkim.DkimKey;
import org.postel.trust.dkim.DkimKeyPair;
import org.postel.trust.dkim.DkimSigner;
import org.postel.trust.dkim.DkimSigning;
import org.postel.trust.dns.LocalDns;
import org.postel.trust.message.Field;
import org.postel.wire.LineClient;
import org.postel.wire.TestCertificate;

/**
 * A gateway with the memory of a pod, in its heap and outside of it, has 5,000 connections open, 500 of them under TLS, and takes 500 messages of 25 MB
 * at once, 50 of them under TLS: {@code ./postel test memory}. Each is judged, and signed by its author's domain, so its body is hashed. The messages
 * together are 27 times the heap; half of each is there before any of them goes on. Some minutes.
 */
@Tag("memory")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class MemoryTest {

    // What a pod has (k8s/base/smtp-gateway.yaml and config/smtp-gateway.env); on one machine it has more (ServiceName of local/launcher).
    private static final List<String> JVM = List.of("-Xmx460m", "-XX:MaxDirectMemorySize=96m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders",
        "-XX:+ExitOnOutOfMemoryError");
    private static final int IDLE = 5_000;
    private static final int MESSAGES = 500;
    // Of each ten connections one is under TLS.
    private static final int ONE_IN = 10;
    private static final int LINE = 1000;
    private static final int LINES = 25_000;
    private static final int LINES_OF_BLOCK = 50;
    private static final int NO_LIMIT = 0;
    private static final byte[] BLOCK = ("x".repeat(LINE - 2) + "\r\n").repeat(LINES_OF_BLOCK).getBytes(StandardCharsets.US_ASCII);

    @Test
    void aGatewayStaysWithinItsHeap(@TempDir Path folder) throws Exception {
        Server store = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).addService(new CountingStore()).build().start();
        TestCertificate certificate = TestCertificate.in(folder);
        DkimKeyPair key = DkimKeyPair.generate(Algorithm.ED25519_SHA256);
        byte[] header = header(key);
        try (LocalDns dns = new LocalDns().withText("s1._domainkey.example.org", key.record()).withText("example.org", "v=spf1 ip4:127.0.0.0/8 -all");
             Gateway gateway = new Gateway(folder, certificate, store.getPort(), dns.address().getPort())) {
            List<LineClient> idle = gateway.idle();
            long begun = System.nanoTime();
            gateway.sendAll(header);
            System.out.printf("%d messages of %d octets, %d at once, in %d s%n", MESSAGES, LINE * LINES, MESSAGES, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
            for (LineClient client : idle) {
                client.send("NOOP").expect("250");
            }
            String figures = gateway.figures();
            System.out.println(figures);
            assertTrue(figures.endsWith(" judged " + MESSAGES + " queued " + MESSAGES), figures);
            // For the others DNS came too late, on a machine that was too busy: a temporary error, and the same memory.
            assertTrue(Integer.parseInt(figures.replaceAll(".* passed (\\d+) .*", "$1")) > 0, figures);
            for (LineClient client : idle) {
                client.close();
            }
        } finally {
            store.shutdownNow();
            assertEquals("", Files.readString(folder.resolve("log")).lines().filter(line -> line.contains("OutOfMemory")).findFirst().orElse(""));
        }
    }

    // Signed for example.org, so that the gateway hashes all of the body.
    private static byte[] header(DkimKeyPair key) throws AddressSyntaxException, IOException {
        byte[] fields = "From: carol@example.org\r\nSubject: large\r\n".getBytes(StandardCharsets.US_ASCII);
        DkimKey published = new DkimKey(Domain.parse("example.org"), "s1", key.algorithm());
        DkimSigning signing = new DkimSigner(List.of(published), wanted -> wanted.stream().map(each -> key.sign(each.hash())).toList(), Clock.systemUTC()).open(Field.list(fields));
        for (int sent = 0; sent < LINES; sent += LINES_OF_BLOCK) {
            signing.body(BLOCK, 0, BLOCK.length);
        }
        return (signing.fields() + new String(fields, StandardCharsets.US_ASCII) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The process, and what its clients do. */
    private static final class Gateway implements AutoCloseable {

        private final TestCertificate certificate;
        private final Process process;
        private final BufferedReader said;
        private final int mx;
        private final int submissions;

        Gateway(Path folder, TestCertificate certificate, int store, int dns) throws IOException {
            this.certificate = certificate;
            List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
            command.addAll(JVM);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), LoadedGateway.class.getName(), String.valueOf(store),
                Files.writeString(folder.resolve("token"), "a.b.c").toString(), certificate.certificate().toString(), certificate.key().toString(), String.valueOf(dns)));
            process = new ProcessBuilder(command).redirectError(folder.resolve("log").toFile()).start();
            said = process.inputReader();
            String[] ports = ports(said).split(" ");
            mx = Integer.parseInt(ports[1]);
            submissions = Integer.parseInt(ports[2]);
        }

        // What the log manager prints may come before.
        private static String ports(BufferedReader said) throws IOException {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith("ports ")) {
                    return line;
                }
            }
            throw new IOException("the gateway did not start");
        }

        List<LineClient> idle() throws IOException {
            List<LineClient> idle = new ArrayList<>();
            for (int i = 0; i < IDLE; i++) {
                LineClient client = i % ONE_IN == 0 ? LineClient.connectTls(submissions, certificate) : LineClient.connect(mx);
                client.expect("220");
                idle.add(client);
            }
            return idle;
        }

        void sendAll(byte[] header) throws Exception {
            CountDownLatch halves = new CountDownLatch(MESSAGES);
            // Threads of the system, so that DNS, which has a virtual one, need not wait until all of them wait.
            try (ExecutorService senders = Executors.newCachedThreadPool()) {
                List<Future<String>> answers = new ArrayList<>();
                for (int i = 0; i < MESSAGES; i++) {
                    boolean tls = i % ONE_IN == 0;
                    answers.add(senders.submit(() -> send(header, tls, halves)));
                }
                for (Future<String> answer : answers) {
                    assertTrue(answer.get().startsWith("250 2.0.0 Queued"), answer.get());
                }
            }
        }

        private String send(byte[] header, boolean tls, CountDownLatch halves) throws IOException, InterruptedException {
            try (LineClient client = LineClient.connect(mx)) {
                client.expect("220");
                TestGateway.ehlo(client);
                if (tls) {
                    client.send("STARTTLS").expect("220");
                    client.startTls(certificate);
                    TestGateway.ehlo(client);
                }
                client.socket().setSoTimeout(NO_LIMIT);
                client.send("MAIL FROM:<carol@example.org> SIZE=" + LINE * LINES).expect("250");
                client.send("RCPT TO:<alice@example.test>").expect("250");
                client.send("DATA").expect("354");
                OutputStream out = client.socket().getOutputStream();
                out.write(header);
                sendHalf(out);
                halves.countDown();
                halves.await();
                sendHalf(out);
                return client.send(".").readLine();
            }
        }

        private static void sendHalf(OutputStream out) throws IOException {
            for (int sent = 0; sent < LINES / 2; sent += LINES_OF_BLOCK) {
                out.write(BLOCK);
            }
        }

        String figures() throws IOException {
            process.outputWriter().append("figures\n").flush();
            return said.readLine();
        }

        @Override
        public void close() {
            process.destroy();
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
