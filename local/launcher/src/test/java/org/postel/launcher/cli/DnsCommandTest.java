package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.launcher.UsageException;

/** What the commands about a domain's records and keys ask of the admin API, and what a person reads. */
class DnsCommandTest {

    private static final String GOOD = "{\"line\":\"example.test. 3600 IN MX 10 mx.\",\"state\":\"ok\",\"found\":[]}";
    private static final String BAD = "{\"line\":\"example.test. 3600 IN TXT \\\"v=spf1 -all\\\"\",\"state\":\"no_answer\",\"found\":[\"silence\"]}";

    @TempDir
    Path root;

    private AdminOnLoopback admin;

    @BeforeEach
    void answer() throws IOException {
        admin = new AdminOnLoopback(root);
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    private String dns(boolean coloured, String... words) throws IOException {
        return AdminOnLoopback.told(new DnsCommand(admin.api, coloured), words);
    }

    @Test
    void theRecordsAreAZoneFileWithNotes() throws IOException {
        admin.answer = "{\"records\":[" + GOOD + "," + BAD + "],\"notes\":[\"mx needs an address\"]}";
        assertEquals("""
                0
                ; mx needs an address
                example.test. 3600 IN MX 10 mx.
                example.test. 3600 IN TXT "v=spf1 -all"
                """, dns(true, "example.test"));
        assertEquals(List.of("GET /api/v1/domains/example.test/dns"), admin.asked);
    }

    @Test
    void aCheckSaysWhatIsWrongAndFails() throws IOException {
        admin.answer = "{\"records\":[" + GOOD + "," + BAD + "],\"notes\":[]}";
        assertEquals("""
                1
                ok          example.test. 3600 IN MX 10 mx.
                no answer   example.test. 3600 IN TXT "v=spf1 -all"
                            there is: silence
                """, dns(false, "example.test", "--check"));
        assertEquals(List.of("GET /api/v1/domains/example.test/dns?check=true"), admin.asked);
        admin.answer = "{\"records\":[" + GOOD + "],\"notes\":[]}";
        assertEquals("0\n\u001b[32mok          example.test. 3600 IN MX 10 mx.\u001b[0m\n", dns(true, "--check", "example.test"));
    }

    @Test
    void whatIsMissingOrDiffersIsRedAndWhatIsRightGreen() throws IOException {
        String missing = "{\"line\":\"_dmarc.example.test. 3600 IN TXT a\",\"state\":\"missing\",\"found\":[]}";
        String differs = "{\"line\":\"example.test. 3600 IN TXT b\",\"state\":\"different\",\"found\":[\"c\",\"d\"]}";
        admin.answer = "{\"records\":[" + missing + "," + GOOD + "," + differs + "],\"notes\":[]}";
        assertEquals("1\n"
                + "\u001b[31mmissing     _dmarc.example.test. 3600 IN TXT a\u001b[0m\n"
                + "\u001b[32mok          example.test. 3600 IN MX 10 mx.\u001b[0m\n"
                + "\u001b[31mdifferent   example.test. 3600 IN TXT b\u001b[0m\n"
                + "            there is: c\n"
                + "            there is: d\n", dns(true, "example.test", "--check"));
    }

    @Test
    void keysAreListedAndChanged() throws IOException {
        admin.answer = """
                [{"selector":"rsa20260301","algorithm":"rsa-sha256","state":"signing","createdAt":"2026-03-01T12:00:00Z","signsFrom":"2026-03-01T12:00:01Z"},
                {"selector":"ed20260901","algorithm":"ed25519-sha256","state":"waiting","createdAt":"2026-09-01T12:00:00Z","signsFrom":null}]""";
        DkimCommand dkim = new DkimCommand(admin.api);
        assertEquals("""
                0
                rsa20260301  rsa-sha256  signing, made 2026-03-01T12:00:00Z, signs from 2026-03-01T12:00:01Z
                ed20260901  ed25519-sha256  waiting, made 2026-09-01T12:00:00Z
                """, AdminOnLoopback.told(dkim, "list", "example.test"));
        admin.answer = "[]";
        assertEquals("0\nPublish what ./postel dns example.test shows.\n", AdminOnLoopback.told(dkim, "rotate", "example.test"));
        AdminOnLoopback.told(dkim, "rotate", "--now", "example.test");
        assertEquals("0\nrsa20260301 is forgotten. Take its record out of DNS.\n", AdminOnLoopback.told(dkim, "remove", "example.test", "rsa20260301"));
        assertEquals(List.of("GET /api/v1/domains/example.test/dkim", "POST /api/v1/domains/example.test/dkim/rotate{\"now\":false}",
                "POST /api/v1/domains/example.test/dkim/rotate{\"now\":true}",
                "DELETE /api/v1/domains/example.test/dkim/rsa20260301"), admin.asked);
    }

    @Test
    void mistakesShowTheUsage() {
        for (List<String> wrong : List.of(List.<String>of(), List.of("--check"), List.of("a.test", "b.test"), List.of("a.test", "--fix"))) {
            assertThrows(UsageException.class, () -> new DnsCommand(admin.api, false).run(wrong), wrong::toString);
        }
        for (List<String> wrong : List.of(List.<String>of(), List.of("list"), List.of("rotate"), List.of("list", "a.test", "--now"), List.of("fly", "a.test"),
                List.of("remove", "a.test"), List.of("remove", "a.test", "s1", "s2"))) {
            assertThrows(UsageException.class, () -> new DkimCommand(admin.api).run(wrong), wrong::toString);
        }
    }
}
