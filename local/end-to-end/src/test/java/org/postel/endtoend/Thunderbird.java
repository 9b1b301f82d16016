package org.postel.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.postel.engines.FreePort;

/** Debian's Thunderbird without a screen, driven from within: with one account over IMAP, or as somebody finds it who just installed it. */
final class Thunderbird implements AutoCloseable {

    static final Path PROGRAM = Path.of("/usr/lib/thunderbird/thunderbird");
    private static final int SECONDS = 20;
    /** {@code inbox} and {@code until}, which waits for a condition, for all scripts. */
    private static final String COMMON = """
            const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
            const server = MailServices.accounts.accounts[0]?.incomingServer;
            const until = async condition => {
              for (let i = 0; i < 300; i++) {
                const value = condition();
                if (value) { return value; }
                await new Promise(resolve => setTimeout(resolve, 100));
              }
              throw new Error("not so after 30 s: " + condition);
            };
            const inbox = server?.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox);
            const tabs = Services.wm.getMostRecentWindow("mail:3pane")?.document.getElementById("tabmail");
            const message = number => [...inbox.messages].find(one => one.messageKey == number);
            """;

    private static final String ACCOUNT = """
            user_pref("mail.accountmanager.accounts", "account1");
            user_pref("mail.accountmanager.defaultaccount", "account1");
            user_pref("mail.account.account1.server", "server1");
            user_pref("mail.account.account1.identities", "id1");
            user_pref("mail.identity.id1.fullName", "Alice");
            user_pref("mail.identity.id1.useremail", "%s");
            user_pref("mail.identity.id1.valid", true);
            user_pref("mail.server.server1.type", "imap");
            user_pref("mail.server.server1.name", "Postel");
            user_pref("mail.server.server1.hostname", "127.0.0.1");
            user_pref("mail.server.server1.port", %d);
            user_pref("mail.server.server1.userName", "%s");
            user_pref("mail.server.server1.socketType", 0);
            user_pref("mail.server.server1.authMethod", 3);
            user_pref("mail.server.server1.login_at_startup", false);
            user_pref("mail.server.server1.check_new_mail", false);
            """;
    /** What DNS, and an ingress with certificates, do elsewhere: each host is the web port, and the mail host is here. */
    private static final String NAMES = """
            user_pref("network.proxy.type", 1);
            user_pref("network.proxy.http", "127.0.0.1");
            user_pref("network.proxy.http_port", %d);
            user_pref("network.dns.localDomains", "%s");
            user_pref("mailnews.auto_config.fetchFromISP.sslOnly", false);
            user_pref("mailnews.auto_config_url", "");
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    /** What it says of the connection that has INBOX selected, before each command. */
    private static final String COMMAND = ":S-INBOX:SendData: ";

    private final Path conversation;
    private final Process process;
    private final Marionette inside;

    private Thunderbird(MailProgram home, String preferences) throws IOException {
        int port = FreePort.next();
        Path profile = Files.createDirectory(home.home().resolve("profile"));
        Files.writeString(profile.resolve("user.js"), preferences + """
                user_pref("marionette.port", %d);
                user_pref("mail.provider.suppress_dialog_on_startup", true);
                user_pref("mail.spotlight.firstRunDone", true);
                user_pref("mail.rights.version", 1);
                user_pref("mail.shell.checkDefaultClient", false);
                user_pref("mailnews.start_page.enabled", false);
                user_pref("mailnews.default_sort_order", 1);
                user_pref("mailnews.default_view_flags", 0);
                user_pref("datareporting.policy.dataSubmissionPolicyBypassNotification", true);
                user_pref("app.update.enabled", false);
                user_pref("intl.locale.requested", "en-US");
                """.formatted(port));
        ProcessBuilder builder = new ProcessBuilder(PROGRAM.toString(), "--headless", "--marionette",
                "-remote-allow-system-access", "--no-remote", "--profile", profile.toString()).redirectErrorStream(true).redirectOutput(home.home().resolve("thunderbird.log").toFile());
        Path log = home.home().resolve("imap");
        conversation = log.resolveSibling("imap.moz_log");
        builder.environment().putAll(Map.of("MOZ_LOG", "sync,IMAP:4", "MOZ_LOG_FILE", log.toString(), "HOME", home.home().toString(),
                "MOZ_HEADLESS_WIDTH", "1000", "MOZ_HEADLESS_HEIGHT", "640", "TZ", "UTC"));
        process = builder.start();
        inside = Marionette.connect(port);
    }

    /** With an account over IMAP, whose password it does not know. */
    static Thunderbird with(MailProgram home, int imap, Account user) throws IOException {
        return new Thunderbird(home, ACCOUNT.formatted(user.address(), imap, user.address()));
    }

    /**
     * Without any account.
     *
     * @param web  where all that is asked over HTTP is answered
     * @param host where mail programs connect
     */
    static Thunderbird fresh(MailProgram home, int web, String host) throws IOException {
        return new Thunderbird(home, NAMES.formatted(web, host));
    }

    /**
     * Finds out how to connect, as when somebody adds an account by address and password, and makes the account.
     *
     * @return what it has set: for reading, then for sending, type, host and port, security (3: TLS, 2: STARTTLS) and user name
     */
    String configure(Account user) throws IOException {
        return run("""
                const folder = "resource:///modules/accountcreation/";
                const { FindConfig } = ChromeUtils.importESModule(folder + "FindConfig.sys.mjs");
                const { AccountConfig } = ChromeUtils.importESModule(folder + "AccountConfig.sys.mjs");
                const { CreateInBackend } = ChromeUtils.importESModule(folder + "CreateInBackend.sys.mjs");
                const [address, password] = args;
                const search = FindConfig.parallelAutoDiscovery(address.split("@")[1], address, new AbortController().signal, password);
                const config = (await search.next()).value;
                AccountConfig.replaceVariables(config, "Alice", address, password);
                config.rememberPassword = true;
                const account = await CreateInBackend.createAccountInBackend(config);
                const incoming = account.incomingServer, outgoing = MailServices.outgoingServer.defaultServer;
                return [incoming.type, incoming.hostname + ":" + incoming.port, incoming.socketType, incoming.username,
                  outgoing.type, outgoing.serverURI.host + ":" + outgoing.serverURI.port, outgoing.socketType, outgoing.username].join(" ");
                """, user.address(), user.password());
    }

    /** Takes another port in clear, for that is where the server of a test listens. */
    void moveTo(int imap) throws IOException {
        run("""
                server.port = Number(args[0]);
                server.socketType = 0;
                """, Integer.toString(imap));
    }

    /** Has it know the password. */
    void store(Account user) throws IOException {
        run("""
                const login = Components.Constructor("@mozilla.org/login-manager/loginInfo;1", "nsILoginInfo", "init");
                await Services.logins.addLoginAsync(new login("imap://127.0.0.1", null, "imap://127.0.0.1", args[0], args[1], "", ""));
                """, user.address(), user.password());
    }

    /** Logs in and opens INBOX; how many messages it lists. */
    int list(int expected) throws IOException {
        String rows = run("""
                server.performExpand(null);
                const found = await until(() => server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox));
                found.updateFolder(null);
                await until(() => found.getTotalMessages(false) >= args[0]);
                tabs.currentAbout3Pane.displayFolder(found.URI);
                return await until(() => tabs.currentAbout3Pane.gDBView?.rowCount >= args[0] && tabs.currentAbout3Pane.gDBView.rowCount);
                """, Integer.toString(expected));
        return Integer.parseInt(rows);
    }

    /** Opens the message with this UID; its text once it is there. */
    String read(int uid, String awaited) throws IOException {
        return run("""
                const pane = tabs.currentAbout3Pane;
                pane.threadTree.selectedIndex = pane.gDBView.findIndexOfMsgHdr(message(args[0]), true);
                return await until(() => {
                  const text = tabs.currentAboutMessage?.getMessagePaneBrowser()?.contentDocument?.body?.textContent;
                  return text?.includes(args[1]) && text;
                });
                """, Integer.toString(uid), awaited);
    }

    /** Waits until it does nothing with INBOX but IDLE. */
    void awaitIdle() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!idles()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Thunderbird does not idle");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private boolean idles() throws IOException {
        try (Stream<String> lines = Files.lines(conversation, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains(COMMAND)).reduce((_, last) -> last).filter(line -> line.endsWith(" IDLE")).isPresent();
        }
    }

    /** The subject of the last message, once there are so many. It is made to look for none: what it hears in IDLE is all. */
    String hears(int messages) throws IOException {
        return run("""
                return await until(() => inbox.getTotalMessages(false) >= args[0]
                  && [...inbox.messages].sort((one, other) => other.messageKey - one.messageKey)[0].mime2DecodedSubject);
                """, Integer.toString(messages));
    }

    /** Stars one message, and moves another to the trash. */
    void flagAndDelete(int flagged, int deleted) throws IOException {
        run("""
                inbox.markMessagesFlagged([message(args[0])], true);
                const before = inbox.getTotalMessages(false);
                inbox.deleteMessages([message(args[1])], null, false, true, null, false);
                await until(() => inbox.getTotalMessages(false) < before);
                """, Integer.toString(flagged), Integer.toString(deleted));
    }

    byte[] screenshot() throws IOException {
        return inside.screenshot();
    }

    private String run(String body, String... arguments) throws IOException {
        String value = inside.run(COMMON + body, arguments);
        if (value.startsWith("failed: ")) {
            throw new IOException(value);
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        inside.close();
        process.destroy();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
