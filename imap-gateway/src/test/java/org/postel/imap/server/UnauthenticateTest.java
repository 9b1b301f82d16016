package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.wire.LineClient;

/** RFC 8437 §8: an operator can switch it off; the rest is in unauthenticate.txt. */
@Timeout(30)
class UnauthenticateTest {

    @Test
    void whereItIsSwitchedOffItIsNeitherOfferedNorTaken() throws Exception {
        try (TestGateway gateway = new TestGateway(Map.of("postel.imap.unauthenticate", "false"), Optional.empty());
             LineClient client = gateway.login()) {
            assertFalse(client.send("c CAPABILITY").readLine().contains("UNAUTHENTICATE"));
            client.expect("c OK");
            client.send("u UNAUTHENTICATE").expect("u BAD");
            client.send("s STATUS INBOX (MESSAGES)").expect("* STATUS INBOX");
            client.expect("s OK");
        }
    }
}
