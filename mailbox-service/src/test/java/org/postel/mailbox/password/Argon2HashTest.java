package org.postel.mailbox.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class Argon2HashTest {

    private static final Argon2Cost SMALL = new Argon2Cost(64, 1, 1);

    /** From the tests of the reference implementation (phc-winner-argon2, test.c): Argon2id, version 0x13. */
    @Test
    void knownAnswersOfTheReferenceImplementation() {
        assertTrue(Argon2Hash.parse("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4").matches("password"));
        assertTrue(Argon2Hash.parse("$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc").matches("password"));
        assertTrue(Argon2Hash.parse("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc").matches("password"));
        assertTrue(Argon2Hash.parse("$argon2id$v=19$m=65536,t=2,p=1$ZGlmZnNhbHQ$vfMrBczELrFdWP0ZsfhWsRPaHppYdP3MVEMIVlqoFBw").matches("password"));
        assertTrue(Argon2Hash.parse("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$C4TWUs9rDEvq7w3+J4umqA32aWKB1+DSiRuBfYxFj94").matches("differentpassword"));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Argon2Hash hash = Argon2Hash.of("Grüße 🔑", SMALL);
        Argon2Hash read = Argon2Hash.parse(hash.toString());
        assertEquals(hash.toString(), read.toString());
        assertTrue(read.matches("Grüße 🔑"));
        assertFalse(read.matches("Grüße"));
    }

    @Test
    void onePasswordHashedTwiceHasTwoHashes() {
        assertNotEquals(Argon2Hash.of("x", SMALL).toString(), Argon2Hash.of("x", SMALL).toString());
    }

    @Test
    void otherFormsAndCostsBeyondReasonAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Argon2Hash.parse("$2a$10$abc"));
        assertThrows(IllegalArgumentException.class, () -> Argon2Hash.parse("$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"));
        assertThrows(IllegalArgumentException.class, () -> Argon2Hash.parse("$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"));
        assertThrows(IllegalArgumentException.class, () -> new Argon2Cost(4, 1, 1));
    }
}
