package org.postel.imap.server;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.postel.wire.LineClient;

/** A session whose password or protocol was taken away ends at once, whatever it does; no other does. */
@Timeout(30)
class AccessTest {

    private static void select(LineClient client) throws IOException {
        String line = client.send("a SELECT INBOX").readLine();
        while (!line.startsWith("a ")) {
            line = client.readLine();
        }
    }

    private static void takeAway(TestGateway gateway) {
        gateway.mail.faults.only("prove", Reason.UNAUTHENTICATED);
        gateway.mail.accessChanged();
    }

    private static void expectEnd(LineClient client) throws IOException {
        client.expect("* BYE The session has ended; log in again");
        client.expectClosed();
    }

    @Test
    void inIdle() throws Exception {
        try (TestGateway gateway = new TestGateway(); LineClient selected = gateway.login(); LineClient other = gateway.login()) {
            select(selected);
            selected.send("b IDLE").expect("+ idling");
            other.send("b IDLE").expect("+ idling");
            takeAway(gateway);
            expectEnd(selected);
            expectEnd(other);
        }
    }

    @Test
    void whileItIsTold() throws Exception {
        try (TestGateway gateway = new TestGateway(); LineClient client = gateway.login()) {
            client.send("a NOTIFY SET (personal (MessageNew MessageExpunge))").expect("a OK");
            takeAway(gateway);
            expectEnd(client);
        }
    }

    @Test
    void atItsNextCommandWhateverThatIs() throws Exception {
        try (TestGateway gateway = new TestGateway(); LineClient client = gateway.login()) {
            takeAway(gateway);
            client.send("a NOOP");
            expectEnd(client);
        }
    }

    @Test
    void whatStillStandsGoesOn() throws Exception {
        try (TestGateway gateway = new TestGateway(); LineClient client = gateway.login()) {
            select(client);
            client.send("b IDLE").expect("+ idling");
            gateway.mail.accessChanged();
            client.send("DONE").expect("b OK");
            client.send("c NOOP").expect("c OK");
        }
    }
}
