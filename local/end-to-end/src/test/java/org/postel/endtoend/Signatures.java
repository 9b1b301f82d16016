package org.postel.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.postel.trust.dkim.DkimResult;
import org.postel.trust.dkim.DkimVerification;
import org.postel.trust.dkim.DkimVerifier;
import org.postel.trust.dns.FakeDns;
import org.postel.trust.message.Field;

/** What a receiver makes of the DKIM signatures of a mail. */
final class Signatures {

    private Signatures() {
    }

    /**
     * A result and a domain for each.
     *
     * @param keys as the admin API shows them: they are in DNS
     */
    static List<String> of(byte[] message, JsonNode keys) {
        FakeDns dns = new FakeDns();
        keys.forEach(key -> dns.with(key.path("name").asText(), "TXT", key.path("record").asText()));
        String text = new String(message, StandardCharsets.ISO_8859_1);
        int body = text.indexOf("\r\n\r\n") + 4;
        DkimVerification verification = new DkimVerifier(Clock.systemUTC())
                .open(Field.list(text.substring(0, body - 2).getBytes(StandardCharsets.ISO_8859_1)), dns);
        verification.body(message, body, message.length - body);
        return verification.results().stream().map(Signatures::words).toList();
    }

    private static String words(DkimResult result) {
        return result.verdict() + result.signature().map(signature -> " " + signature.domain()).orElse("") + result.reason();
    }
}
