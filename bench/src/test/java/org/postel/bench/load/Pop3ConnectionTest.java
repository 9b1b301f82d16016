package org.postel.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class Pop3ConnectionTest {

    private static final Account ACCOUNT = new Account("a@example.test", "secret");

    @Test
    void aMessageEndsAtALoneDotAndIsKnownByItsSubject() throws IOException {
        try (ServerSocket server = server("+OK\r\n+OK\r\n+OK\r\n+OK 1 20\r\n+OK\r\nSubject: bench-3-42.\r\n\r\n..\r\n.\r\n");
                Pop3Connection pop3 = Pop3Connection.open(server.getLocalPort(), 1, ACCOUNT)) {
            assertEquals(1, pop3.messages());
            assertEquals(new Pop3Connection.Retrieved(42, "Subject: bench-3-42.\r\n\r\n..\r\n".length()), pop3.retrieve(1, 3));
        }
    }

    @Test
    void theLinesOfAListAreCounted() throws IOException {
        try (ServerSocket server = server("+OK\r\n+OK\r\n+OK\r\n+OK 2 messages\r\n1 120\r\n2 .\r\n.\r\n+OK 2 140\r\n");
                Pop3Connection pop3 = Pop3Connection.open(server.getLocalPort(), 1, ACCOUNT)) {
            assertEquals(2, pop3.lines("LIST"));
            assertEquals(2, pop3.messages());
        }
    }

    @Test
    void aRefusedLoginIsAnError() throws IOException {
        try (ServerSocket server = server("+OK\r\n+OK\r\n-ERR no\r\n")) {
            assertThrows(UnexpectedAnswerException.class, () -> Pop3Connection.open(server.getLocalPort(), 1, ACCOUNT));
        }
    }

    /** Says everything at once and reads nothing, which the client cannot tell from a fast server. */
    private static ServerSocket server(String answers) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        Thread.startVirtualThread(() -> {
            try (Socket client = server.accept()) {
                client.getOutputStream().write(answers.getBytes(StandardCharsets.US_ASCII));
                client.getInputStream().readAllBytes();
            } catch (IOException ended) {
                Thread.currentThread().interrupt();
            }
        });
        return server;
    }
}
