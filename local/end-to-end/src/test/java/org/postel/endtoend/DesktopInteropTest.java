package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postel.launcher.platform.Port;

/** Mail programs that people look at, against Postel: ./postel interop imap. One that is not installed is skipped. */
@Tag("interop")
class DesktopInteropTest {

    private static final List<byte[]> MAIL = NastyMail.all();
    /** For docs/screens. */
    private static final Path SCREENS = Path.of("target", "screens");

    private final RunningPlatform platform = RunningPlatform.shared();

    private Account user;
    private MailProgram program;
    private Onlooker onlooker;

    @BeforeEach
    void mail() throws IOException {
        user = platform.account();
        program = new MailProgram();
        onlooker = new Onlooker(platform.port(Port.IMAP), user);
        new ComparedImap(platform.port(Port.IMAP), user, MAIL).close();
    }

    @AfterEach
    void home() throws IOException {
        program.close();
    }

    @Test
    void alpineListsReadsFlagsAndDeletes() throws IOException {
        assumeTrue(Files.exists(Path.of("/usr/bin/alpine")) && Files.exists(Path.of("/usr/bin/expect")));
        String inbox = "{127.0.0.1:%d/user=%s/notls}".formatted(platform.port(Port.IMAP), user.address());
        program.write("pinerc", """
                inbox-path=%1$sINBOX
                folder-collections=Mail %1$s[]
                user-domain=example.test
                feature-list=disable-password-file-saving,quit-without-confirm,expunge-without-confirm,enable-flag-cmd
                last-version-used=6.26
                """.formatted(inbox));
        try (InputStream script = DesktopInteropTest.class.getResourceAsStream("/interop/alpine.exp")) {
            program.write("script", new String(script.readAllBytes(), StandardCharsets.US_ASCII).replace("PASSWORD", user.password()));
        }
        program.run("expect", "script");
        assertEquals(List.of("* SEARCH 1"), onlooker.asked("SEARCH FLAGGED SEEN"));
        assertEquals(List.of("* SEARCH"), onlooker.asked("SEARCH SUBJECT \"several parts\""));
        assertEquals(List.of("* STATUS INBOX (MESSAGES " + (MAIL.size() - 1) + ")"), onlooker.asked("STATUS INBOX (MESSAGES)"));
    }

    @Test
    void clawsMailListsReadsSearchesFlagsAndDeletes() throws IOException {
        assumeTrue(Stream.of(ClawsMail.PROGRAM, ClawsMail.SCREEN, ClawsMail.KEYS).allMatch(Files::exists));
        try (ClawsMail claws = new ClawsMail(program, platform.port(Port.IMAP), user)) {
            claws.list(MAIL.size());
            claws.read(18);
            onlooker.await("UID SEARCH SEEN", "* SEARCH 18");
            assertTrue(claws.search("several parts").strip().endsWith("/INBOX/2"), "found");
            Files.write(Files.createDirectories(SCREENS).resolve("claws-mail.png"), claws.screenshot());
            claws.flag();
            onlooker.await("UID SEARCH FLAGGED", "* SEARCH 18");
            claws.read(2);
            onlooker.await("UID SEARCH SEEN", "* SEARCH 2 18");
            claws.delete();
            onlooker.await("STATUS Trash (MESSAGES)", "* STATUS Trash (MESSAGES 1)");
        }
        assertEquals(List.of("* STATUS INBOX (MESSAGES " + (MAIL.size() - 1) + ")"), onlooker.asked("STATUS INBOX (MESSAGES)"));
    }

    @Test
    void thunderbirdListsReadsIdlesFlagsAndDeletes() throws IOException {
        assumeTrue(Files.exists(Thunderbird.PROGRAM));
        try (Thunderbird thunderbird = Thunderbird.with(program, platform.port(Port.IMAP), user)) {
            thunderbird.store(user);
            assertEquals(MAIL.size(), thunderbird.list(MAIL.size()));
            assertTrue(thunderbird.read(18, "from the haystack").contains("Gr\u00fc\u00dfe"));
            assertTrue(thunderbird.read(7, "inner").contains("see below"));
            Files.write(Files.createDirectories(SCREENS).resolve("thunderbird.png"), thunderbird.screenshot());
            thunderbird.awaitIdle();
            try (ImapClient other = ImapClient.inbox(platform.port(Port.IMAP), user)) {
                other.append("INBOX", "", Messages.plain("a@example.org", "b@example.test", "while it idles"));
            }
            assertEquals("while it idles", thunderbird.hears(MAIL.size() + 1));
            thunderbird.flagAndDelete(1, 2);
        }
        assertEquals(List.of("* SEARCH 1"), onlooker.asked("SEARCH FLAGGED"));
        assertEquals(List.of("* STATUS Trash (MESSAGES 1)"), onlooker.asked("STATUS Trash (MESSAGES)"));
        assertEquals(List.of("* SEARCH 7 18"), onlooker.asked("UID SEARCH SEEN"));
    }

    /** It asks http://autoconfig.example.test, since no certificate is good for that name here; then it logs in with what it was told. */
    @Test
    void thunderbirdIsConfiguredFromAddressAndPassword() throws IOException {
        assumeTrue(Files.exists(Thunderbird.PROGRAM));
        String host = "mail.example.test";
        try (Thunderbird thunderbird = Thunderbird.fresh(program, platform.port(Port.WEB), host)) {
            assertEquals("imap " + host + ":993 3 " + user.address() + " smtp " + host + ":465 3 " + user.address(), thunderbird.configure(user));
            thunderbird.moveTo(platform.port(Port.IMAP));
            assertEquals(MAIL.size(), thunderbird.list(MAIL.size()));
        }
    }

    @Test
    void roundcubeListsReadsSearchesFlagsMovesDeletesAndSends() throws IOException {
        assumeTrue(Files.exists(Roundcube.PAGES) && Files.exists(Path.of("/usr/bin/php")));
        try (Roundcube webmail = new Roundcube(program, platform.port(Port.IMAP), platform.port(Port.SUBMISSION))) {
            assertTrue(webmail.login(user).contains("<title>Roundcube Webmail :: Inbox"), "logged in");
            assertEquals(MAIL.size() + 1, webmail.mail("list", "").split("add_message_row\\(").length);
            assertTrue(webmail.mail("search", "&_q=SEVERAL&_headers=subject&_scope=base").contains("add_message_row(2,"), "found");
            assertTrue(webmail.page("_action=show&_uid=18&_mbox=INBOX").contains("from the haystack"), "read");
            webmail.change("mark", Map.of("_uid", "3", "_flag", "flagged", "_mbox", "INBOX"));
            webmail.change("move", Map.of("_uid", "4", "_mbox", "INBOX", "_target_mbox", "Archive"));
            webmail.change("delete", Map.of("_uid", "5", "_mbox", "INBOX"));
            assertTrue(webmail.send("nobody@remote.example.org", "from a webmail").contains("sent_successfully"), "sent");
        }
        assertEquals(List.of("* SEARCH 3"), onlooker.asked("UID SEARCH FLAGGED"));
        assertEquals(List.of("* STATUS INBOX (MESSAGES " + (MAIL.size() - 2) + ")"), onlooker.asked("STATUS INBOX (MESSAGES)"));
        for (String name : List.of("Archive", "Sent")) {
            assertEquals(List.of("* STATUS " + name + " (MESSAGES 1)"), onlooker.asked("STATUS " + name + " (MESSAGES)"));
        }
    }
}
