package org.postel.pop3.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postel.wire.TestCertificate;
import org.postel.wire.Transcripts;

@Timeout(120)
class TranscriptsTest {

    @TempDir
    static Path folder;
    private static TestCertificate certificate;

    @BeforeAll
    static void makeCertificate() throws IOException {
        certificate = TestCertificate.in(folder);
    }

    // SAFETY rows 7, 23 and 38
    @TestFactory
    Stream<DynamicTest> clearLogin() throws IOException {
        return Transcripts.in(Path.of("src/test/transcripts/clear"),
                () -> new Pop3Stage(certificate, Map.of("postel.pop3.auth-on-loopback-in-clear", "true", "postel.pop3.surrogate-headers", "true")));
    }

    @TestFactory
    Stream<DynamicTest> tlsOnly() throws IOException {
        return Transcripts.in(Path.of("src/test/transcripts/tls"), () -> new Pop3Stage(certificate, Map.of()));
    }
}
