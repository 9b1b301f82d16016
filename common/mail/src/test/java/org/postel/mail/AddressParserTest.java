package org.postel.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mail.AddressSyntaxException.Fault;

class AddressParserTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        "<>                                   | <>",
        "<alice@example.test>                 | <alice@example.test>",
        "<@us.test:alice@example.test>        | <alice@example.test>",
        "<@a.test,@b.test:alice@example.test> | <alice@example.test>",
        "<\"a> b\"@example.test>              | <\"a> b\"@example.test>",
    })
    void readsAReversePath(String text, String path) throws AddressSyntaxException {
        assertEquals(path, new AddressParser(text).reversePath().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<", "< >", "alice@example.test", "<alice>", "<alice@example.test", "<@us.test>", "<@us.test:>",
        "<@us.test,alice@example.test>", "<us.test:alice@example.test>", "<@[127.0.0.1]:a@example.test>", "<<a@example.test>>", "<a@example.test >"})
    void refusesWhatIsNoPath(String text) {
        assertThrows(AddressSyntaxException.class, () -> new AddressParser(text).reversePath());
        assertThrows(AddressSyntaxException.class, () -> new AddressParser(text).forwardPath());
    }

    @Test
    void theNullPathIsNoRecipient() {
        assertThrows(AddressSyntaxException.class, () -> new AddressParser("<>").forwardPath());
    }

    @Test
    void postmasterNeedsNoDomain() throws AddressSyntaxException {
        assertInstanceOf(ForwardPath.Postmaster.class, new AddressParser("<postMASTER>").forwardPath());
    }

    @Test
    void stopsBehindThePath() throws AddressSyntaxException {
        AddressParser parser = new AddressParser("<\"a> b\"@example.test> SIZE=5");
        parser.reversePath();
        assertEquals(21, parser.position());
    }

    @Test
    void aPathHasAtMost256Octets() throws AddressSyntaxException {
        String domain = ("x".repeat(63) + ".").repeat(3) + "test";
        int room = 256 - 3 - domain.length();
        new AddressParser("<" + "a".repeat(room) + "@" + domain + ">").forwardPath();
        AddressSyntaxException refused = assertThrows(AddressSyntaxException.class,
            () -> new AddressParser("<" + "a".repeat(room + 1) + "@" + domain + ">").forwardPath());
        assertEquals(Fault.TOO_LONG, refused.fault());
    }

    @Test
    void anyTextIsReadOrRefusedAndNothingElse() {
        long seed = System.nanoTime();
        RandomGenerator random = new java.util.Random(seed);
        String letters = "<>@,:\"\\[].a1-% \r\n\0\u00fc\u202e";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder("<");
            for (int j = random.nextInt(20); j > 0; j--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            try {
                String path = new AddressParser(text.append("@a.test>").toString()).forwardPath().toString();
                assertTrue(path.chars().noneMatch(Character::isISOControl), "seed " + seed);
                assertEquals(path, new AddressParser(path).forwardPath().toString(), "seed " + seed);
            } catch (AddressSyntaxException refused) {
                assertTrue(refused.getMessage().chars().noneMatch(Character::isISOControl), "seed " + seed);
            }
        }
    }
}
