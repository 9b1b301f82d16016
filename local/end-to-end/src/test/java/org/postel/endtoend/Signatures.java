package org.postel.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.List;
import org.postel.trust.dkim.DkimResult;
import org.postel.trust.dkim.EachSignature;
import org.postel.trust.dns.FakeDns;

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
        return EachSignature.of(message, dns, Clock.systemUTC()).stream().map(Signatures::words).toList();
    }

    private static String words(DkimResult result) {
        return result.verdict() + result.signature().map(signature -> " " + signature.domain()).orElse("") + result.reason();
    }
}
