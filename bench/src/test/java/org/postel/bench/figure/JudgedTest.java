package org.postel.bench.figure;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgedTest {

    private static final String PASSED = """
            Authentication-Results: localhost;
            \tiprev=pass
            \t policy.iprev=127.0.0.1;
            \tspf=pass
            \t smtp.mailfrom=load.example.test;
            \tdkim=pass
            \t header.d=load.example.test
            \t header.s=one
            \t header.b="abc";
            \tdmarc=pass
            \t header.from=load.example.test
            \t policy.dmarc=reject""";

    @Test
    void mailThatPassedEveryCheckCounts() {
        assertDoesNotThrow(() -> Judged.check(PASSED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spf=pass", "dkim=pass", "dmarc=pass"})
    void mailThatLacksOneDoesNot(String missing) {
        IOException refused = assertThrows(IOException.class, () -> Judged.check(PASSED.replace(missing, "x=fail")));
        assertTrue(refused.getMessage().contains(missing), refused.getMessage());
    }

    @Test
    void aSignatureThatFailedIsNone() {
        assertThrows(IOException.class, () -> Judged.check(PASSED.replaceFirst("dkim=pass", "dkim=fail")));
    }

    @Test
    void mailThatNobodyCheckedDoesNotCount() {
        assertThrows(IOException.class, () -> Judged.check(""));
    }
}
