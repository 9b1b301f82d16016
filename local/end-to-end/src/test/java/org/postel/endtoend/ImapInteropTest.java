package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.launcher.platform.Port;

/** Mail programs that others use, against Postel. They come from Debian: ./postel interop imap. */
@Tag("interop")
class ImapInteropTest {

    private static final List<byte[]> MAIL = List.of(Messages.plain("a@example.org", "b@example.test", "the first"),
            Messages.multipart("several parts"), Messages.eightBit(), Messages.utf8(), Messages.ofSize(60_000, 1), Messages.ofSize(400_000, 2));

    private static RunningPlatform platform;

    private Account user;
    private MailProgram program;
    private Onlooker onlooker;

    @BeforeAll
    static void start() {
        platform = RunningPlatform.start(RunningPlatform.impatient());
    }

    @AfterAll
    static void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    @BeforeEach
    void mail() throws IOException {
        user = platform.account();
        program = new MailProgram();
        onlooker = new Onlooker(platform.port(Port.IMAP), user);
        try (ImapClient client = ImapClient.inbox(platform.port(Port.IMAP), user)) {
            for (byte[] mail : MAIL) {
                client.append("INBOX", "", mail);
            }
        }
    }

    @AfterEach
    void home() throws IOException {
        program.close();
    }

    private static List<String> sent(byte[]... more) {
        return Stream.concat(MAIL.stream(), Arrays.stream(more)).map(MailProgram::canonical).sorted().toList();
    }

    private int imap() {
        return platform.port(Port.IMAP);
    }

    private List<String> curl(String path, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-S", "-u", user.address() + ":" + user.password(),
                "imap://127.0.0.1:" + imap() + "/" + path));
        command.addAll(List.of(more));
        return program.run(command.toArray(String[]::new)).lines().toList();
    }

    @Test
    void curlListsSearchesReadsFlagsAndAppends() throws IOException {
        assertTrue(curl("").contains("* LIST (\\HasNoChildren) \"/\" INBOX"), () -> "no INBOX");
        assertEquals(List.of("* SEARCH 2"), curl("INBOX", "-X", "SEARCH SUBJECT \"SEVERAL parts\""));
        Path file = program.home().resolve("one");
        for (int number = 1; number <= MAIL.size(); number++) {
            curl("INBOX;MAILINDEX=" + number, "-o", file.toString());
            assertEquals(MailProgram.canonical(MAIL.get(number - 1)), MailProgram.canonical(Files.readAllBytes(file)), "message " + number);
        }
        assertEquals(List.of("* 3 FETCH (FLAGS (\\Flagged \\Seen))"), curl("INBOX", "-X", "STORE 3 +FLAGS (\\Flagged)"));
        Files.write(file, MAIL.get(1));
        curl("Sent", "-T", file.toString());
        assertEquals(List.of("* STATUS Sent (MESSAGES 1)"), curl("", "-X", "STATUS Sent (MESSAGES)"));
    }

    @Test
    void mbsyncKeepsBothSidesEqual() throws IOException {
        Path maildir = program.maildir("mail/INBOX");
        program.write("mbsyncrc", """
                IMAPAccount postel
                Host 127.0.0.1
                Port %d
                User %s
                Pass "%s"
                SSLType None
                AuthMechs SCRAM-SHA-256 PLAIN LOGIN

                IMAPStore far
                Account postel

                MaildirStore near
                Inbox %s

                Channel inbox
                Far :far:
                Near :near:
                Create Both
                Expunge Both
                SyncState *
                """.formatted(imap(), user.address(), user.password(), maildir));
        program.run("mbsync", "-c", "mbsyncrc", "inbox");
        assertEquals(sent(), MailProgram.messages(maildir));
        byte[] mine = Messages.plain("b@example.test", "a@example.org", "written here");
        Files.writeString(maildir.resolve("new/1.mine.host"), MailProgram.canonical(mine), StandardCharsets.ISO_8859_1);
        rename(maildir, MAIL.get(0), "FS");
        rename(maildir, MAIL.get(1), "T");
        program.run("mbsync", "-c", "mbsyncrc", "inbox");
        try (ImapClient client = ImapClient.inbox(imap(), user)) {
            assertEquals(MAIL.size(), client.exists(), "one came and one went");
            assertEquals(List.of("* SEARCH 1"), client.ok("SEARCH FLAGGED SEEN").subList(0, 1));
            assertEquals(List.of("* SEARCH " + MAIL.size()), client.ok("SEARCH SUBJECT \"written here\"").subList(0, 1));
            assertEquals(MailProgram.canonical(mine), MailProgram.canonical(client.message(MAIL.size())));
            client.ok("STORE 2 +FLAGS (\\Answered)");
            client.append("INBOX", "\\Seen", MAIL.get(1));
        }
        program.run("mbsync", "-c", "mbsyncrc", "inbox");
        assertEquals(sent(mine), MailProgram.messages(maildir));
        try (Stream<Path> files = Files.list(maildir.resolve("cur"))) {
            assertEquals(1, files.filter(file -> file.getFileName().toString().matches(".*:2,.*R.*")).count(), "answered");
        }
    }

    /** Gives a message of a Maildir flags, as other programs do. */
    private static void rename(Path maildir, byte[] message, String flags) throws IOException {
        for (String part : List.of("new", "cur")) {
            try (Stream<Path> files = Files.list(maildir.resolve(part))) {
                for (Path file : files.toList()) {
                    if (MailProgram.canonical(Files.readAllBytes(file)).equals(MailProgram.canonical(message))) {
                        String name = file.getFileName().toString().replaceFirst(":2,.*", "");
                        Files.move(file, maildir.resolve("cur").resolve(name + ":2," + flags));
                    }
                }
            }
        }
    }

    @Test
    void offlineimapTakesAllAndWritesAgainWhatItTakes() throws IOException {
        Path folder = program.home().resolve("offline");
        program.write("offlineimaprc", """
                [general]
                accounts = postel
                ui = quiet
                [Account postel]
                localrepository = here
                remoterepository = there
                [Repository here]
                type = Maildir
                localfolders = %s
                [Repository there]
                type = IMAP
                remotehost = 127.0.0.1
                remoteport = %d
                remoteuser = %s
                remotepass = %s
                ssl = no
                starttls = no
                auth_mechanisms = PLAIN
                folderfilter = lambda name: name == 'INBOX'
                """.formatted(folder, imap(), user.address(), user.password()));
        program.run("offlineimap", "-c", "offlineimaprc", "-o");
        // It writes the parts of a message again as it understands them, so not every octet is the same.
        assertEquals(messageIds(sent()), messageIds(MailProgram.messages(folder.resolve("INBOX"))));
    }

    private static List<String> messageIds(List<String> messages) {
        return messages.stream().flatMap(String::lines).filter(line -> line.startsWith("Message-ID: ")).sorted().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SimpleIMAPRetriever", "SimplePOP3Retriever"})
    void getmailTakesAll(String retriever) throws IOException {
        Path maildir = program.maildir("mail");
        // getmail 6.18 misses the end of a child that is over before it begins to wait, and waits for a minute: hence the sleep.
        program.write("rc", """
                [retriever]
                type = %s
                server = 127.0.0.1
                port = %d
                username = %s
                password = %s
                [destination]
                type = MDA_external
                path = /bin/sh
                arguments = ("-c", "cat > %s/new/$$; sleep 0.2")
                allow_root_commands = true
                [options]
                read_all = false
                delivered_to = false
                received = false
                """.formatted(retriever, retriever.contains("POP3") ? platform.port(Port.POP3) : imap(), user.address(), user.password(), maildir));
        program.run("getmail", "--getmaildir=" + program.home(), "--rcfile=rc");
        assertEquals(sent(), withoutItsOwn(maildir));
        program.run("getmail", "--getmaildir=" + program.home(), "--rcfile=rc");
        assertEquals(MAIL.size(), MailProgram.messages(maildir).size(), "it knows them again");
    }

    /** It writes fields of its own, and the parts of a message again: with an empty line behind parts within parts. */
    private static List<String> withoutItsOwn(Path maildir) throws IOException {
        return MailProgram.messages(maildir).stream()
                .map(message -> message.replaceFirst("^Return-Path: .*\n", "").replaceFirst("(?m)^X-getmail-retrieved-from-mailbox: .*\n", "")
                        .replace("--=_inner--\n\n", "--=_inner--\n"))
                .sorted().toList();
    }

    @Test
    void mpopTakesAll() throws IOException {
        Path maildir = program.maildir("mail");
        program.write("rc", """
                account default
                host 127.0.0.1
                port %d
                user %s
                password %s
                auth scram-sha-256
                tls off
                keep on
                received_header off
                delivery maildir %s
                uidls_file %s
                """.formatted(platform.port(Port.POP3), user.address(), user.password(), maildir, program.home().resolve("uidls")));
        program.run("mpop", "--file=rc");
        assertEquals(sent(), MailProgram.messages(maildir));
        assertEquals("", program.run("mpop", "--file=rc", "--quiet"));
    }

    @Test
    void fetchmailTakesAllAndLeavesNone() throws IOException {
        Path box = program.home().resolve("box");
        program.write("fetchmailrc", """
                set no bouncemail
                poll 127.0.0.1 service %d protocol pop3 auth password
                  username "%s" password "%s" nokeep fetchall
                  sslproto ""
                  mda "/bin/sh -c 'cat >> %s'"
                """.formatted(platform.port(Port.POP3), user.address(), user.password(), box));
        program.run("fetchmail", "--invisible", "-f", "fetchmailrc", "--pidfile", program.home().resolve("pid").toString());
        String taken = MailProgram.canonical(Files.readAllBytes(box));
        for (byte[] mail : MAIL) {
            String body = MailProgram.canonical(mail);
            assertTrue(taken.contains(body.substring(body.indexOf("\n\n"))), () -> "missing: " + body.substring(0, 200));
        }
        try (ImapClient client = ImapClient.inbox(imap(), user)) {
            assertEquals(0, client.exists());
        }
    }

    @Test
    void fetchmailTakesInIdleWhatComes() throws Exception {
        Path box = program.home().resolve("box");
        program.write("fetchmailrc", """
                set no bouncemail
                poll 127.0.0.1 service %d protocol imap auth password
                  username "%s" password "%s" nokeep fetchall idle
                  sslproto ""
                  mda "/bin/sh -c 'cat >> %s'"
                """.formatted(imap(), user.address(), user.password(), box));
        Process fetchmail = program.start("fetchmail", "--invisible", "-f", "fetchmailrc", "--pidfile", program.home().resolve("pid").toString());
        try {
            onlooker.await("STATUS INBOX (MESSAGES)", "* STATUS INBOX (MESSAGES 0)");
            // It polls once, and would hear of nothing more without IDLE.
            try (ImapClient client = ImapClient.inbox(imap(), user)) {
                client.append("INBOX", "", Messages.plain("a@example.org", "b@example.test", "while it idles"));
            }
            onlooker.await("STATUS INBOX (MESSAGES)", "* STATUS INBOX (MESSAGES 0)");
            assertTrue(fetchmail.isAlive(), () -> "it ended");
            assertTrue(MailProgram.canonical(Files.readAllBytes(box)).contains("Subject: while it idles\n"), () -> "not taken");
        } finally {
            fetchmail.destroy();
            fetchmail.waitFor();
        }
    }

    /** NeoMutt keeps no copy in an IMAP mailbox when nobody sits before it. */
    @Test
    void muttSendsAndAppendsItToSent() throws IOException {
        String login = user.address().replace("@", "%40");
        program.write("muttrc", """
                set from="%s"
                set use_from=yes
                set imap_user="%s"
                set imap_pass="%s"
                set smtp_url="smtp://%s@127.0.0.1:%d/"
                set smtp_pass="%s"
                set smtp_authenticators="plain"
                set ssl_starttls=no
                set ssl_force_tls=no
                set imap_authenticators="plain:login"
                set confirmappend=no
                set header_cache=""
                set record="imap://127.0.0.1:%d/Sent"
                """.formatted(user.address(), user.address(), user.password(), login, platform.port(Port.SUBMISSION), user.password(), imap()));
        program.write("letter", "Sent by a mail program\n");
        program.run("sh", "-c", "mutt -F muttrc -s 'kept in Sent' -- " + user.address() + " < letter");
        assertEquals(List.of("* STATUS Sent (MESSAGES 1 UNSEEN 0)"), onlooker.asked("STATUS Sent (MESSAGES UNSEEN)"));
        onlooker.await("SEARCH SUBJECT \"kept in Sent\" BODY \"sent by a MAIL program\"", "* SEARCH " + (MAIL.size() + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mutt", "neomutt"})
    void muttListsReadsFlagsCopiesAndDeletes(String mutt) throws IOException {
        Path copies = program.home().resolve("copies");
        program.write("muttrc", """
                set imap_user="%s"
                set imap_pass="%s"
                set ssl_starttls=no
                set ssl_force_tls=no
                set imap_authenticators="plain:login"
                set confirmappend=no
                set confirmcreate=no
                set delete=yes
                set move=no
                set mbox_type=mbox
                set folder="imap://127.0.0.1:%d/"
                set spoolfile="imap://127.0.0.1:%d/INBOX"
                set header_cache=""
                push "<tag-pattern>~A<enter><tag-prefix><copy-message><kill-line>%s<enter><untag-pattern>~A<enter><jump>1<enter><flag-message>\
                <jump>2<enter><delete-message><quit>"
                """.formatted(user.address(), user.password(), imap(), imap(), copies));
        program.run("script", "-q", "-e", "-c", mutt + " -F muttrc", "/dev/null");
        String taken = MailProgram.canonical(Files.readAllBytes(copies));
        assertEquals(MAIL.size(), taken.lines().filter(line -> line.startsWith("From ")).count(), "copies");
        try (ImapClient client = ImapClient.inbox(imap(), user)) {
            assertEquals(MAIL.size() - 1, client.exists());
            assertEquals(List.of("* SEARCH 1"), client.ok("SEARCH FLAGGED").subList(0, 1));
            assertEquals(List.of("* SEARCH"), client.ok("SEARCH SUBJECT \"several parts\"").subList(0, 1));
        }
    }
}
