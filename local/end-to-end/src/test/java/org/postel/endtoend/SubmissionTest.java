package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.postel.launcher.platform.Port;

/** A user's own mail: to a neighbour, and to another site through the delivery worker. */
class SubmissionTest {

    private static final RunningPlatform PLATFORM = RunningPlatform.shared();
    private static final RemoteServer REMOTE = RemoteServer.shared();

    @Test
    void aUserWritesToANeighbour() throws IOException {
        Account alice = PLATFORM.account();
        Account bob = PLATFORM.account();
        byte[] message = Messages.plain(alice.address(), bob.address(), "to a neighbour");
        submit(alice, bob.address(), message);
        TraceHeader.assertSame(message, Inbox.of(PLATFORM.port(Port.IMAP), bob, 1).getFirst());
    }

    @Test
    void aUserWritesToAnotherSite() throws IOException, InterruptedException {
        Account alice = PLATFORM.account();
        byte[] message = Messages.plain(alice.address(), "somebody@remote.example.org", "to another site");
        submit(alice, "somebody@remote.example.org", message);
        RemoteServer.Taken taken = REMOTE.next("somebody@remote.example.org", 60);
        assertEquals(alice.address(), taken.from());
        TraceHeader.assertSame(message, taken.message());
        assertEquals(List.of("pass example.test", "pass example.test"), Signatures.of(taken.message(), PLATFORM.admin().get("/domains/example.test/dkim")));
    }

    @Test
    void aLargeMailIsRelayedOctetByOctet() throws IOException, InterruptedException {
        Account alice = PLATFORM.account();
        byte[] head = Messages.plain(alice.address(), "large@remote.example.org", "large");
        byte[] body = Messages.ofSize(3 << 20, 11);
        byte[] message = new byte[head.length + body.length];
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(body, 0, message, head.length, body.length);
        submit(alice, "large@remote.example.org", message);
        TraceHeader.assertSame(message, REMOTE.next("large@remote.example.org", 60).message());
    }

    @Test
    void withoutLoginNothingIsSubmitted() throws IOException {
        try (SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SUBMISSION)).startTls()) {
            String reply = smtp.send("somebody@example.test", "somebody@remote.example.org",
                    Messages.plain("somebody@example.test", "somebody@remote.example.org", "no"));
            assertTrue(reply.startsWith("530"), reply);
        }
    }

    @Test
    void aWrongPasswordIsRefused() throws IOException {
        Account alice = PLATFORM.account();
        try (SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SUBMISSION)).startTls()) {
            String reply = smtp.login(new Account(alice.address(), "wrong"));
            assertTrue(reply.startsWith("535"), reply);
        }
    }

    private static void submit(Account from, String to, byte[] message) throws IOException {
        try (SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SUBMISSION)).startTls()) {
            String login = smtp.login(from);
            assertTrue(login.startsWith("235"), login);
            String reply = smtp.send(from.address(), to, message);
            assertTrue(reply.startsWith("250"), reply);
        }
    }
}
