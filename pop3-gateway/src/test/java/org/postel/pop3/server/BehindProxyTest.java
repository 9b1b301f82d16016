package org.postel.pop3.server;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.wire.LineClient;
import org.postel.wire.TestCertificate;

/** A port of its own for the PROXY protocol: SAFETY row 37. */
class BehindProxyTest {

    @Test
    void theClientIsNotOnLoopbackThoughTheProxyIs(@TempDir Path folder) throws Exception {
        Map<String, String> properties = Map.of("postel.pop3.proxy.trusted", "127.0.0.0/8", "postel.pop3.proxy.port", "0", "postel.pop3.auth-on-loopback-in-clear", "true");
        try (Pop3Stage stage = new Pop3Stage(TestCertificate.in(folder), properties); LineClient direct = LineClient.connect(stage.port());
             LineClient client = LineClient.connect(stage.gateway.ports().getLast())) {
            client.sendRaw("PROXY TCP4 192.0.2.7 198.51.100.1 51234 110\r\n").expect("+OK");
            client.send("USER alice@example.test").expect("-ERR");
            direct.expect("+OK");
            direct.send("USER alice@example.test").expect("+OK");
        }
    }
}
