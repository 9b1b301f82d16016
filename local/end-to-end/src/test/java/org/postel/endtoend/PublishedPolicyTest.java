package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.postel.launcher.platform.Port;

/** Our own MTA-STS policy: what DNS is to say of it is what is served, by each instance (RFC 8461 §3.1). */
class PublishedPolicyTest {

    private static final RunningPlatform PLATFORM = RunningPlatform.shared();

    @Test
    void theRecordNamesThePolicyThatEachInstanceServes() throws Exception {
        PLATFORM.account();
        for (int port : PLATFORM.ports(Port.WEB)) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(served(port).getBytes(StandardCharsets.US_ASCII));
            String id = HexFormat.of().formatHex(digest).substring(0, 32);
            assertEquals(List.of("_mta-sts.example.test. 3600 IN TXT \"v=STSv1; id=" + id + "\"", "mta-sts.example.test. 3600 IN CNAME mail.example.test."),
                    StreamSupport.stream(PLATFORM.adminAt(port).get("/domains/example.test/dns").path("records").spliterator(), false)
                            .map(record -> record.path("line").asText()).filter(line -> line.contains("mta-sts")).toList());
        }
    }

    private static String served(int port) throws IOException {
        try (Line web = Line.connect(port)) {
            web.writeLine("GET /.well-known/mta-sts.txt HTTP/1.1");
            web.writeLine("Host: mta-sts.example.test");
            web.writeLine("");
            String line = web.readLine();
            assertEquals("HTTP/1.1 200 OK", line);
            while (!line.isEmpty()) {
                line = web.readLine();
            }
            StringBuilder policy = new StringBuilder();
            while (!line.startsWith("max_age: ")) {
                line = web.readLine();
                policy.append(line).append("\r\n");
            }
            return policy.toString();
        }
    }
}
