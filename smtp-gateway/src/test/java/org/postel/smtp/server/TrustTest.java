package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postel.smtp.command.AcceptedMessage;
import org.postel.smtp.command.Content;
import org.postel.trust.dns.LocalDns;
import org.postel.wire.LineClient;

/** Judging over real sockets: SMTP and DNS on loopback. */
class TrustTest {

    private static final String MESSAGE = """
        Authentication-Results: mx.example.test; spf=pass
        DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
         d=football.example.com; i=@football.example.com;
         q=dns/txt; s=brisbane; t=1528637909; h=from : to :
         subject : date : message-id : from : subject : date;
         bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
         b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
         Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
        From: Joe SixPack <joe@football.example.com>
        To: Suzie Q <suzie@shopping.example.net>
        Subject: Is dinner ready?
        Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
        Message-ID: <20030712040037.46341.5F8J@football.example.com>

        Hi.

        We lost the game. Are you hungry yet?

        Joe.
        """.replace("\n", "\r\n");

    private final LocalDns dns = new LocalDns()
        .withText("brisbane._domainkey.football.example.com", "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
        .withText("_dmarc.football.example.com", "v=DMARC1; p=reject").withText("example.org", "v=spf1 ip4:127.0.0.0/8 -all")
        .with("1.0.0.127.in-addr.arpa", "PTR", 60, "h.test.").with("h.test", "A", 60, "127.0.0.1");
    private final TestGateway gateway = new TestGateway(Map.of(), Map.of("check-loopback", "true", "dmarc", "reject", "dns-timeout", "1s",
        "dns-servers", "127.0.0.1:" + dns.address().getPort()));

    TrustTest() throws IOException {
    }

    @AfterEach
    void close() {
        gateway.close();
        dns.close();
    }

    @Test
    void aSignedMailIsTakenAndItsResultsAreQueued() throws IOException {
        assertTrue(send(MESSAGE).startsWith("250 "));
        AcceptedMessage message = gateway.queue.messages().getFirst();
        String fields = message.assessment().fields().replaceAll("\\s+", " ");
        assertTrue(fields.contains("iprev=pass") && fields.contains("spf=pass smtp.mailfrom=example.org") && fields.contains("dmarc=pass"), fields);
        assertTrue(fields.contains("dkim=pass header.d=football.example.com"), fields);
        assertTrue(TestGateway.text(message).startsWith("Received: "));
        assertFalse(TestGateway.text(message).contains("Authentication-Results"));
    }

    // What goes through the claim check is checked as it passes.
    @Test
    void aLargeMailIsJudgedToo() throws IOException {
        String body = "x".repeat(998) + "\r\n";
        assertTrue(send("From: a@example.org\r\n\r\n" + body.repeat(600)).startsWith("250 "));
        AcceptedMessage message = gateway.queue.messages().getFirst();
        assertTrue(message.content() instanceof Content.Claimed);
        assertTrue(message.assessment().fields().contains("spf=pass"), message.assessment().fields());
    }

    @Test
    void whatTheAuthorDisownsIsRefused() throws IOException {
        String reply = send(MESSAGE.replace("Joe.\r\n", "Eve.\r\n"));
        assertEquals("550 5.7.1 Refused by the DMARC policy of football.example.com", reply);
        assertEquals(0, gateway.queue.messages().size());
    }

    @Test
    void whenDnsIsSilentMailIsTakenAll() throws IOException {
        dns.close();
        assertTrue(send(MESSAGE).startsWith("250 "));
        String fields = gateway.queue.messages().getFirst().assessment().fields();
        assertTrue(fields.contains("spf=temperror") && fields.contains("dkim=temperror") && fields.contains("dmarc=temperror"), fields);
    }

    private String send(String content) throws IOException {
        try (LineClient client = TestGateway.ehlo(gateway.mx())) {
            client.send("MAIL FROM:<bob@example.org>");
            client.expect("250");
            client.send("RCPT TO:<alice@example.test>");
            client.expect("250");
            client.send("DATA");
            client.expect("354");
            client.sendRaw(content + ".\r\n");
            return client.expect("");
        }
    }
}
