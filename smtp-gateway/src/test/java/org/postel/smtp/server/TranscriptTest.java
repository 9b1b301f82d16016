package org.postel.smtp.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.postel.wire.Stage;
import org.postel.wire.TestCertificate;
import org.postel.wire.Transcripts;

/** The conversations in src/test/transcripts, with the real ports and sessions over fakes. */
class TranscriptTest {

    private static final Path FOLDER = Path.of("src", "test", "transcripts");
    private static final int MX = 0;
    private static final int SUBMISSION = 1;
    private static final int LMTP = 3;

    @TestFactory
    Stream<DynamicTest> onTheMxPort() throws IOException {
        return Transcripts.in(FOLDER.resolve("mx"), () -> new GatewayStage(new TestGateway(Map.of()), MX));
    }

    @TestFactory
    Stream<DynamicTest> onTheSubmissionPort() throws IOException {
        return Transcripts.in(FOLDER.resolve("submission"), () -> new GatewayStage(new TestGateway(Map.of("max-auth-failures", "10")), SUBMISSION));
    }

    @TestFactory
    Stream<DynamicTest> onTheLmtpPort() throws IOException {
        return Transcripts.in(FOLDER.resolve("lmtp"), () -> new GatewayStage(new TestGateway(Map.of("lmtp.port", "0", "lmtp.trusted", "127.0.0.0/8",
            "max-recipients", "100")), LMTP));
    }

    private record GatewayStage(TestGateway gateway, int plain) implements Stage {

        @Override
        public void given(String fact) {
            switch (fact) {
                case "the directory is down" -> gateway.directory.down(true);
                case "the directory is up" -> gateway.directory.down(false);
                case "the queue is down" -> gateway.queue.down(true);
                case "the queue is up" -> gateway.queue.down(false);
                default -> throw new IllegalArgumentException("no such fact: " + fact);
            }
        }

        @Override
        public int port() {
            return gateway.ports.bound().get(plain);
        }

        @Override
        public int tlsPort() {
            return gateway.ports.bound().get(2);
        }

        @Override
        public TestCertificate certificate() {
            return gateway.certificate;
        }

        @Override
        public void close() {
            gateway.close();
        }
    }
}
