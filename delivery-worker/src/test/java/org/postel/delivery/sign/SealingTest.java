package org.postel.delivery.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postel.delivery.Fixture;
import org.postel.queue.v1.Origin;
import org.postel.queue.v1.QueuedMessage;
import org.postel.trust.arc.ArcResult;
import org.postel.trust.arc.ArcVerdict;
import org.postel.trust.arc.ArcVerification;
import org.postel.trust.arc.ArcVerifier;
import org.postel.trust.message.Field;

class SealingTest {

    private static final String MAIL = "Received: from x by y; Sun, 1 Mar 2026 12:00:00 +0000\r\nFrom: Alice <alice@author.test>\r\nSubject: x\r\n\r\nhello\r\n";
    private static final String RESULTS = "Authentication-Results: mx.example.test;\r\n\tspf=pass\r\n\t smtp.mailfrom=author.test";

    private final Fixture fixture = new Fixture();
    private final KeysOfTheTest keys = new KeysOfTheTest();
    private final Sealing sealing = new Sealing(fixture.contents, keys, Clock.systemUTC());

    @Test
    void whatIsForwardedGetsAChain() throws Exception {
        String fields = sealing.of(forwarded(MAIL, RESULTS + "\r\n"));
        assertEquals(new ArcResult(ArcVerdict.PASS, "", 1), verify(fields + MAIL));
        assertTrue(fields.contains("ARC-Authentication-Results: i=1; mx.example.test;\r\n\tspf=pass"), fields);
        assertTrue(fields.contains("d=example.test; s=r1;"), fields);
        assertEquals(ArcVerdict.FAIL, verify(fields + MAIL + "more\r\n").verdict());
    }

    @Test
    void aChainGoesOnWhenItWasWhole() throws Exception {
        String first = sealing.of(forwarded(MAIL, RESULTS + "\r\n")) + MAIL;
        String passed = RESULTS + ";\r\n\tarc=pass\r\n\t smtp.remote-ip=192.0.2.1\r\n";
        String second = sealing.of(forwarded(first, "X-Spam: no\r\n" + passed));
        assertEquals(new ArcResult(ArcVerdict.PASS, "", 2), verify(second + first));
        assertEquals("", sealing.of(forwarded(first, passed.replace("arc=pass", "arc=fail reason=\"x\""))));
        assertEquals("", sealing.of(forwarded(first, RESULTS + "\r\n")), "a chain that was not looked at");
    }

    /** A stranger's words in the field say nothing of the chain. */
    @Test
    void aWordOfAStrangerIsNoVerdict() throws Exception {
        String first = sealing.of(forwarded(MAIL, RESULTS + "\r\n")) + MAIL;
        assertEquals("", sealing.of(forwarded(first, RESULTS + ";\r\n\tdkim=fail\r\n\t header.d=\"; arc=pass \"\r\n")));
    }

    @Test
    void whatIsOursOrWasNotJudgedOrHasNoDomainOfOursIsNotSealed() throws Exception {
        QueuedMessage forwarded = forwarded(MAIL, RESULTS + "\r\n");
        assertEquals("", sealing.of(forwarded.toBuilder().setOrigin(Origin.newBuilder().setAuthenticatedAs("alice@example.test")).build()));
        assertEquals("", sealing.of(forwarded.toBuilder().clearOrigin().setReversePath("").build()));
        assertEquals("", sealing.of(forwarded.toBuilder().clearTrustFields().build()));
        assertEquals(List.of(), keys.asked);
        assertEquals("", sealing.of(forwarded.toBuilder().setRecipients(0, forwarded.getRecipients(0).toBuilder().setAddress("bob@example.org")).build()));
    }

    @Test
    void trouble() {
        keys.away = true;
        assertThrows(IOException.class, () -> sealing.of(forwarded(MAIL, RESULTS + "\r\n")));
    }

    private static QueuedMessage forwarded(String content, String trustFields) {
        return Fixture.message("alias@example.test").toBuilder().setInline(ByteString.copyFrom(content, StandardCharsets.ISO_8859_1))
                .setOrigin(Origin.newBuilder().setClientAddress("192.0.2.1")).setTrustFields(trustFields).build();
    }

    private ArcResult verify(String message) {
        int body = message.indexOf("\r\n\r\n") + 4;
        ArcVerification open = new ArcVerifier(Clock.systemUTC()).open(Field.list(message.substring(0, body - 2).getBytes(StandardCharsets.ISO_8859_1)), keys.dns);
        byte[] octets = message.substring(body).getBytes(StandardCharsets.ISO_8859_1);
        open.body(octets, 0, octets.length);
        return open.result();
    }
}
