package org.postel.trust.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class KnownKeysTest {

    private static final String RSA = DkimKeyPair.generate(Algorithm.RSA_SHA256).record();

    private final KnownKeys keys = new KnownKeys();

    @Test
    void aTextIsReadOnce() throws DkimFaultException {
        assertSame(keys.of(RSA, Algorithm.RSA_SHA256), keys.of(RSA, Algorithm.RSA_SHA256));
    }

    @Test
    void anotherTextIsAnotherKey() throws DkimFaultException {
        assertNotSame(keys.of(RSA, Algorithm.RSA_SHA256).key(), keys.of(RSA + "; t=s", Algorithm.RSA_SHA256).key());
    }

    @Test
    void aKeyOfOneAlgorithmIsNoneForAnother() throws DkimFaultException {
        keys.of(RSA, Algorithm.RSA_SHA256);
        DkimFaultException fault = assertThrows(DkimFaultException.class, () -> keys.of(RSA, Algorithm.ED25519_SHA256));
        assertEquals("the key is of another type", fault.getMessage());
    }

    @Test
    void whatIsLongIsNotKept() throws DkimFaultException {
        String text = RSA + "; n=" + "x".repeat(2048);
        assertNotSame(keys.of(text, Algorithm.RSA_SHA256), keys.of(text, Algorithm.RSA_SHA256));
    }
}
