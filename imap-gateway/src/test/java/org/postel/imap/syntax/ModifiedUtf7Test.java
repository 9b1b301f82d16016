package org.postel.imap.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModifiedUtf7Test {

    private static String decode(String wire) throws SyntaxException {
        return ModifiedUtf7.decode(wire.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The second is the example of RFC 3501 §5.1.3. */
    @ParameterizedTest
    @CsvSource({"INBOX,INBOX", "'~peter/mail/&U,BTFw-/&ZeVnLIqe-',~peter/mail/\u53f0\u5317/\u65e5\u672c\u8a9e", "&-,&", "a&-b,a&b",
        "&AOk-t&AOk-,\u00e9t\u00e9", "&2D3eAA-,\ud83d\ude00", "&Jjo-!,\u263a!"})
    void knownNames(String wire, String name) throws SyntaxException {
        assertEquals(name, decode(wire));
        assertEquals(wire, ModifiedUtf7.encode(name));
    }

    // SAFETY row 26
    @ParameterizedTest
    @ValueSource(strings = {"&", "&Jjo", "&Jjo!", "&U,BTFw-&ZeVnLIqe-", "&AGE-", "&ACY-", "&2D0-", "&3gA-", "&AOk=-", "&U/BT-", "&A-",
        "&AOl-", "\u00e9", "a\tb", "a\u0000b", "&AOk"})
    void otherSpellingsAreRefused(String wire) {
        assertThrows(SyntaxException.class, () -> decode(wire));
    }

    @Test
    void everyNameSurvivesTheWire() throws SyntaxException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 5000; i++) {
            String name = random.ints(random.nextInt(12), 0, 0x11000).filter(c -> c < 0xD800 || c > 0xDFFF)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
            assertEquals(name, decode(ModifiedUtf7.encode(name)), "seed " + seed);
        }
    }

    @Test
    void inboxHasNoCase() throws SyntaxException {
        assertEquals(MailboxName.INBOX, new MailboxName("iNbOx"));
        assertEquals("INBOX/Work", new MailboxName("Inbox/Work").text());
        assertEquals("Inboxes", new MailboxName("Inboxes").text());
    }

    // SAFETY row 35
    @ParameterizedTest
    @ValueSource(strings = {"", "a//b", "/a", "../a", "a/..", ".", "a%b", "a*", "a\u0000b", "a\nb", "a\u202eb", " "})
    void harmfulNamesAreNotCreated(String name) {
        assertEquals(false, new MailboxName(name).creatable());
    }
}
