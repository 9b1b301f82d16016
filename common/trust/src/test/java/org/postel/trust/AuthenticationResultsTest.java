package org.postel.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.trust.Result.Property;
import org.postel.trust.message.Field;

class AuthenticationResultsTest {

    private static final ForgedResults FORGED = new ForgedResults("mx.example.test");

    @Test
    void theFieldIsFoldedAndOddValuesAreQuoted() {
        assertEquals("Authentication-Results: mx.example.test;\r\n\tspf=pass\r\n\t smtp.mailfrom=a.test;\r\n"
            + "\tdkim=fail reason=\"a \\\"b\\\" ?\"\r\n\t header.b=\"ab/=\"\r\n", AuthenticationResults.field("mx.example.test", List.of(
                new Result("spf", "pass", "", List.of(new Property("smtp.mailfrom", "a.test"))),
                new Result("dkim", "fail", "a \"b\" \u00fc", List.of(new Property("header.b", "ab/="))))));
        assertEquals("Authentication-Results: mx.example.test; none\r\n", AuthenticationResults.field("mx.example.test", List.of()));
    }

    // pvalue, RFC 8601 §2.2: a token and @ go bare; of the rest quotes hold what is printable, and nothing else gets through.
    @Test
    void onlyWhatATokenHasGoesBare() {
        for (char octet = 0; octet < 256; octet++) {
            boolean token = octet > ' ' && octet < 0x7f && "()<>,;:\\\"/[]?=".indexOf(octet) < 0;
            String shown = octet < ' ' || octet >= 0x7f ? "?" : octet == '"' || octet == '\\' ? "\\" + octet : String.valueOf(octet);
            String field = AuthenticationResults.field("mx", List.of(new Result("spf", "fail", "", List.of(new Property("p.q", "a" + octet)))));
            assertEquals("Authentication-Results: mx;\r\n\tspf=fail\r\n\t p.q=" + (token ? "a" + octet : "\"a" + shown + "\"") + "\r\n", field);
        }
    }

    // SAFETY row 11
    @Test
    void noLineEndGetsThrough() {
        String field = AuthenticationResults.field("mx", List.of(new Result("spf", "fail", "a\r\nX: y", List.of(new Property("p.q", "b\r\n c\u0000")))));
        assertEquals("Authentication-Results: mx;\r\n\tspf=fail reason=\"a??X: y\"\r\n\t p.q=\"b?? c?\"\r\n", field);
    }

    // SAFETY row 29, RFC 8601 §5
    @ParameterizedTest
    @ValueSource(strings = {"Authentication-Results: mx.example.test; spf=pass", "AUTHENTICATION-RESULTS:MX.Example.Test;spf=pass",
        "Authentication-Results : mx.example.test 1; none", "Authentication-Results: (a (b) \\) c) mx.example.test; none",
        "Authentication-Results:\r\n\tmx.example.test;\r\n\tnone", "Authentication-Results: \"mx.example.test\"; none", "Authentication-Results: mx.example.test.",
        "Authentication-Results: mx.example.test(x); none", "Authentication-Results: \"mx\\.example.test\"; none", "Authentication-Results: (x", "Authentication-Results:",
        "Authentication-Results: ; spf=pass", "Authentication-Results: \"mx"})
    void whatSaysToBeOursIsForged(String field) {
        assertTrue(FORGED.contain(field(field)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authentication-Results: other.test; spf=pass", "Authentication-Results: other.test; x=mx.example.test",
        "Authentication-Results: (mx.example.test) other.test; none", "X-Authentication-Results: mx.example.test; none", "Subject: mx.example.test",
        "Authentication-Results: not-mx.example.test; none"})
    void whatOthersSayStays(String field) {
        assertFalse(FORGED.contain(field(field)));
    }

    private static Field field(String text) {
        return Field.list((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1)).getFirst();
    }
}
