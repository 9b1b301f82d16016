package org.postel.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.ReversePath;
import org.postel.trust.dmarc.DmarcVerdict;
import org.postel.trust.dns.FakeDns;
import org.postel.trust.message.Field;

class JudgeTest {

    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
    private static final String SIGNED = """
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
        """.replace("\n", "\r\n");
    private static final String BODY = "Hi.\r\n\r\nWe lost the game. Are you hungry yet?\r\n\r\nJoe.\r\n";

    private final FakeDns dns = new FakeDns()
        .with("brisbane._domainkey.football.example.com", "TXT", "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
        .with("_dmarc.football.example.com", "TXT", "v=DMARC1; p=reject")
        .with("example.org", "TXT", "v=spf1 ip4:192.0.2.0/24 -all").with("mta.example.org", "TXT", "v=spf1 a -all")
        .with("mta.example.org", "A", "192.0.2.1").with("1.2.0.192.in-addr.arpa", "PTR", "mta.example.org.");

    @Test
    void allChecksAreInOneField() throws AddressSyntaxException {
        Opinion opinion = judge("bob@example.org", SIGNED, BODY);
        assertEquals("Authentication-Results: mx.example.test;\r\n\tiprev=pass\r\n\t policy.iprev=192.0.2.1;\r\n"
            + "\tspf=pass\r\n\t smtp.mailfrom=example.org;\r\n"
            + "\tdkim=pass\r\n\t header.d=football.example.com\r\n\t header.s=brisbane\r\n\t header.b=\"/gCrinpc\";\r\n"
            + "\tdmarc=pass\r\n\t header.from=football.example.com\r\n\t policy.dmarc=reject\r\n", opinion.field());
        assertEquals(DmarcVerdict.PASS, opinion.dmarc().get().verdict());
    }

    @Test
    void aChangedBodyFailsAll() throws AddressSyntaxException {
        Opinion opinion = judge("bob@example.org", SIGNED, BODY + "Eve.\r\n");
        assertTrue(opinion.field().contains("dkim=fail reason=\"the body does not match\""), opinion.field());
        assertEquals(DmarcVerdict.FAIL, opinion.dmarc().get().verdict());
    }

    // RFC 7208 §2.4: a null sender is who it calls itself, and its domain can vouch for the author.
    @Test
    void aNullSenderIsJudgedByItsName() throws AddressSyntaxException {
        dns.with("_dmarc.example.org", "TXT", "v=DMARC1; p=quarantine");
        Opinion opinion = judge("", "From: mailer-daemon@example.org\r\n", "");
        assertTrue(opinion.field().contains("spf=pass\r\n\t smtp.helo=mta.example.org;\r\n\tdkim=none;\r\n\tdmarc=pass"), opinion.field());
    }

    @Test
    void withoutDnsAllIsTemporaryAndNothingIsThrown() throws AddressSyntaxException {
        dns.silent("1.2.0.192.in-addr.arpa", "PTR").silent("example.org", "TXT").silent("brisbane._domainkey.football.example.com", "TXT")
            .silent("_dmarc.football.example.com", "TXT");
        String field = judge("bob@example.org", SIGNED, BODY).field();
        assertEquals(5, field.split("temperror", -1).length, field);
    }

    @Test
    void anAddressWithoutANameIsNoPass() throws AddressSyntaxException {
        assertTrue(judge("192.0.2.9", "bob@example.org").field().contains("iprev=permerror"));
        dns.with("9.2.0.192.in-addr.arpa", "PTR", "mta.example.org.");
        assertTrue(judge("192.0.2.9", "bob@example.org").field().contains("iprev=fail"));
        assertTrue(judge("2001:db8::1", "bob@example.org").field().contains("policy.iprev=\"2001:db8:0:0:0:0:0:1\""));
    }

    @Test
    void whatThoseWhoForwardedItSealedIsToldWithTheAddressOfTheLast() throws Exception {
        String message = resource("arc/two-links.eml").replace("\n", "\r\n");
        dns.with("s1._domainkey.one.test", "TXT", resource("arc/key.txt").strip()).with("s1._domainkey.two.test", "TXT", resource("arc/key.txt").strip());
        int body = message.indexOf("\r\n\r\n") + 4;
        String field = judge("bob@example.org", message.substring(0, body - 2), message.substring(body)).field();
        assertTrue(field.endsWith(";\r\n\tarc=pass\r\n\t smtp.remote-ip=192.0.2.1\r\n"), field);
        field = judge("bob@example.org", message.substring(0, body - 2), message.substring(body) + "more\r\n").field();
        assertTrue(field.contains("arc=fail reason=\"message: the body does not match\""), field);
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = JudgeTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private Opinion judge(String client, String from) throws AddressSyntaxException {
        return judge(InetAddress.ofLiteral(client), from, "From: a@example.org\r\n", "");
    }

    private Opinion judge(String from, String header, String body) throws AddressSyntaxException {
        return judge(CLIENT, from, header, body);
    }

    @Test
    void theAuthorsDomainNeedNotBeAsked() throws AddressSyntaxException {
        Judge judge = new Judge("mx.example.test", dns, Duration.ofMinutes(1), false, Clock.systemUTC());
        Opinion opinion = judge.open(new Sender(CLIENT, "h", ReversePath.ofAddress("a@b.test")), List.of()).finish();
        assertEquals(Optional.empty(), opinion.dmarc());
        assertFalse(opinion.field().contains("dmarc"));
    }

    /** SAFETY row 30. Keys of signatures are few, and asked for all the same. */
    @Test
    void withoutTimeLeftNobodyIsAskedForPolicies() throws AddressSyntaxException {
        String field = judge(Duration.ZERO, CLIENT, "bob@example.org", SIGNED, BODY).field();
        assertTrue(field.contains("spf=temperror"), field);
        assertTrue(field.contains("dkim=pass"), field);
        assertTrue(field.contains("dmarc=temperror"), field);
    }

    private Opinion judge(InetAddress client, String from, String header, String body) throws AddressSyntaxException {
        return judge(Duration.ofMinutes(1), client, from, header, body);
    }

    private Opinion judge(Duration limit, InetAddress client, String from, String header, String body) throws AddressSyntaxException {
        Judge judge = new Judge("mx.example.test", dns, limit, true, Clock.systemUTC());
        Judgement judgement = judge.open(new Sender(client, "MTA.example.org", ReversePath.ofAddress(from)),
            Field.list(header.getBytes(StandardCharsets.ISO_8859_1)));
        byte[] octets = body.getBytes(StandardCharsets.ISO_8859_1);
        judgement.body(octets, 0, octets.length);
        return judgement.finish();
    }
}
