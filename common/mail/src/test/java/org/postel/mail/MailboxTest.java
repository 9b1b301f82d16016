package org.postel.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mail.AddressSyntaxException.Fault;

class MailboxTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        // as written                 | as written back           | looked up as
        "alice@example.test           | alice@example.test        | alice@example.test",
        "Alice@EXAMPLE.Test           | Alice@EXAMPLE.Test        | alice@example.test",
        "\"alice\"@example.test       | alice@example.test        | alice@example.test",
        "\"al\\ice\"@example.test     | alice@example.test        | alice@example.test",
        "\"a b\"@example.test         | \"a b\"@example.test      | \"a b\"@example.test",
        "\"a\\\"b\"@example.test      | \"a\\\"b\"@example.test   | \"a\\\"b\"@example.test",
        "\"\"@example.test            | \"\"@example.test         | \"\"@example.test",
        "\"user@ext\"@example.test    | \"user@ext\"@example.test | \"user@ext\"@example.test",
        "\".a\"@example.test          | \".a\"@example.test       | \".a\"@example.test",
        "a+tag@example.test           | a+tag@example.test        | a+tag@example.test",
        "user%ext@example.test        | user%ext@example.test     | user%ext@example.test",
        "ext!user@example.test        | ext!user@example.test     | ext!user@example.test",
        "a@localhost                  | a@localhost               | a@localhost",
        "a@[127.0.0.1]                | a@[127.0.0.1]             | a@[127.0.0.1]",
        "a@[IPv6:::1]                 | a@[IPv6:0:0:0:0:0:0:0:1]  | a@[ipv6:0:0:0:0:0:0:0:1]",
        "a@[ipv6:2001:DB8::1]         | a@[IPv6:2001:db8:0:0:0:0:0:1] | a@[ipv6:2001:db8:0:0:0:0:0:1]",
        "a@b\u00fccher.test           | a@b\u00fccher.test        | a@xn--bcher-kva.test",
        "a@B\u00dcCHER.test           | a@B\u00dcCHER.test        | a@xn--bcher-kva.test",
        "a@xn--bcher-kva.test         | a@xn--bcher-kva.test      | a@xn--bcher-kva.test",
        "J\u00d6RG@example.test       | J\u00d6RG@example.test    | j\u00f6rg@example.test",
        "jo\u0308rg@example.test      | jo\u0308rg@example.test   | j\u00f6rg@example.test",
        "\u7528\u6237@\u4f8b\u5b50.test | \u7528\u6237@\u4f8b\u5b50.test | \u7528\u6237@xn--fsqu00a.test",
    })
    void readsAndWritesBack(String text, String written, String canonical) throws AddressSyntaxException {
        Mailbox mailbox = Mailbox.parse(text);
        assertEquals(written, mailbox.toString());
        assertEquals(canonical, mailbox.canonical());
        assertEquals(mailbox.canonical(), Mailbox.parse(mailbox.canonical()).canonical(), "looking up twice");
    }

    @Test
    void everySpecialOfAtextIsALetter() throws AddressSyntaxException {
        String specials = "!#$%&'*+-/=?^_`{|}~";
        assertEquals(specials, Mailbox.parse(specials + "@example.test").localPart().text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "alice", "alice@", "@example.test", "a@b@example.test", "user@ext@us.test", ".a@example.test",
        "a.@example.test", "a..b@example.test", "a b@example.test", "\"a@example.test", "\"a\"b@example.test", "\"a\n\"@example.test",
        "\"a\\\"@example.test", "a@.", "a@.test", "a@example.test.", "a@example..test", "a@-x.test", "a@x-.test", "a@ex_ample.test",
        "a@[127.0.0.1", "a@127.0.0.1]", "a@[127.0.0.256]", "a@[127.0.0.01]", "a@[127.0.1]", "a@[127.0.0.1.]", "a@[]", "a@[::1]",
        "a@[IPv6:]", "a@[IPv6:::g]", "a@[IPv6:fe80::1%eth0]", "a@[X400:c=us]", "a@[127.0.0.1]x", " a@example.test", "a@example.test ",
        "a\u0000@example.test", "a\r\n@example.test", "a@exam\u0000ple.test", "a,b@example.test", "a(c)@example.test", "<a@example.test>"})
    void refusesWhatIsNoMailbox(String text) {
        assertEquals(Fault.SYNTAX, assertThrows(AddressSyntaxException.class, () -> Mailbox.parse(text)).fault());
    }

    // SAFETY row 26: what shows as another address than it is.
    @ParameterizedTest
    @ValueSource(strings = {"a\u202eb@example.test", "a\u2066b@example.test", "a\u200fb@example.test", "a\u061cb@example.test",
        "a\u200bb@example.test", "a\u200db@example.test", "a\ufeffb@example.test", "a\u0085b@example.test", "a\u2028b@example.test",
        "a\u00a0b@example.test", "a\ud800b@example.test", "a\uffffb@example.test", "\"a\u202eb\"@example.test", "a@ex\u202eample.test",
        "a@fa\u00df.test", "a@\uff45xample.test", "a@example\u3002test", "a@exa\u00admple.test"})
    void refusesCharactersThatDeceive(String text) {
        AddressSyntaxException refused = assertThrows(AddressSyntaxException.class, () -> Mailbox.parse(text));
        assertTrue(refused.fault() != Fault.TOO_LONG, text);
        assertTrue(refused.getMessage().chars().noneMatch(Character::isISOControl));
    }

    @Test
    void aLookAlikeIsAnotherDomain() throws AddressSyntaxException {
        assertEquals("a@xn--xample-2of.test", Mailbox.parse("a@\u0435xample.test").canonical());
    }

    @Test
    void limitsAreOctetsOnTheWire() throws AddressSyntaxException {
        Mailbox.parse("a".repeat(64) + "@example.test");
        assertTooLong("a".repeat(65) + "@example.test");
        Mailbox.parse("\u00fc".repeat(32) + "@example.test");
        assertTooLong("\u00fc".repeat(33) + "@example.test");
        assertTooLong("\"" + "a".repeat(63) + "\"@example.test");
        Mailbox.parse("a@" + "x".repeat(63) + ".test");
        assertTooLong("a@" + "x".repeat(64) + ".test");
        String domain255 = ("x".repeat(63) + ".").repeat(3) + "x".repeat(63);
        Mailbox.parse("a@" + domain255);
        assertTooLong("a@" + domain255 + "x");
    }

    /** A bounce to a sender that a forwarder rewrote: refusing it for its length would lose it. */
    @Test
    void rewrittenSendersMayBeLonger() throws Exception {
        Mailbox rewritten = Mailbox.parse("SRS0=abcdefgh=AB=em.example.org=" + "a".repeat(64) + "@example.test");
        assertTrue(rewritten.localPart().rewritten());
        assertFalse(Mailbox.parse("srs@example.test").localPart().rewritten());
        assertTooLong("SRS0=" + "a".repeat(216) + "@example.test");
    }

    private static void assertTooLong(String text) {
        assertEquals(Fault.TOO_LONG, assertThrows(AddressSyntaxException.class, () -> Mailbox.parse(text)).fault());
    }

    @Test
    void knowsWhatNeedsSmtputf8() throws AddressSyntaxException {
        assertFalse(Mailbox.parse("a@xn--bcher-kva.test").international());
        assertTrue(Mailbox.parse("a@b\u00fccher.test").international());
        assertTrue(Mailbox.parse("\u00fc@example.test").international());
        assertFalse(Mailbox.parse("a@[127.0.0.1]").international());
    }

    @Test
    void knowsThePostmaster() throws AddressSyntaxException {
        assertTrue(Mailbox.parse("PostMaster@example.test").postmaster());
        assertTrue(Mailbox.parse("\"postmaster\"@example.test").postmaster());
        assertFalse(Mailbox.parse("postmasters@example.test").postmaster());
    }
}
