package org.postel.imap.server;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postel.wire.LineClient;

/** A port of its own for the PROXY protocol: SAFETY row 37. */
class BehindProxyTest {

    @Test
    void theClientIsNotOnLoopbackThoughTheProxyIs() throws Exception {
        Map<String, String> properties = Map.of("postel.imap.proxy.trusted", "127.0.0.0/8", "postel.imap.proxy.imap-port", "0");
        try (TestGateway gateway = new TestGateway(properties, Optional.empty()); LineClient client = LineClient.connect(gateway.proxyPort())) {
            client.sendRaw("PROXY TCP4 192.0.2.7 198.51.100.1 51234 143\r\n").expect("* OK ");
            client.send("a LOGIN alice@example.test secret").expect("a NO [PRIVACYREQUIRED]");
            gateway.login().close();
        }
    }
}
