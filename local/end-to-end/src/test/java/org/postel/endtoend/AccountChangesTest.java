package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.platform.Port;

/** What is changed about an account holds everywhere, for who is logged in already too. */
class AccountChangesTest {

    private static final RunningPlatform PLATFORM = RunningPlatform.shared();
    /** A second, and some to spare on a machine that does much else. */
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    @Test
    void aChangedPasswordWorksAtOnceAndTheOldOneNowhere() throws IOException, InterruptedException {
        Account before = PLATFORM.account();
        Account after = new Account(before.address(), "quite another secret");
        try (ImapClient imap = ImapClient.inbox(PLATFORM.port(Port.IMAP), before);
                SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SUBMISSION)).startTls()) {
            assertTrue(smtp.login(before).startsWith("235"));
            PLATFORM.admin().put(path(before) + "/password", Map.of("password", after.password()));
            long changed = System.nanoTime();
            assertEquals(List.of("pages", "IMAP", "POP3", "submission"), opened(after));
            assertEquals(List.of(), opened(before));
            soon(changed, "the IMAP session ends", () -> !imap.say("NOOP").getLast().startsWith("OK"));
            soon(changed, "nothing is sent any more", () -> {
                String reply = smtp.say("MAIL FROM:<" + before.address() + ">");
                return !reply.startsWith("250") || !smtp.say("RSET").startsWith("250");
            });
        }
    }

    @Test
    void aSendingLimitHoldsForWhoIsLoggedIn() throws IOException {
        Account account = PLATFORM.account();
        byte[] message = Messages.plain(account.address(), account.address(), "to myself");
        try (SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SUBMISSION)).startTls()) {
            assertTrue(smtp.login(account).startsWith("235"));
            assertTrue(smtp.send(account.address(), account.address(), message).startsWith("250"));
            PLATFORM.admin().patch(path(account), Map.of("sending", Map.of("messagesPerDay", 1)));
            soon(System.nanoTime(), "the limit is reached", () -> {
                String reply = smtp.send(account.address(), account.address(), message);
                assertTrue(reply.startsWith("250") || reply.startsWith("450 4.7.1 This account may send 1 messages in a day"), reply);
                return reply.startsWith("450");
            });
        }
    }

    /** What is looked at until it is so. */
    @FunctionalInterface
    private interface Look {
        boolean isSo() throws IOException;
    }

    /** A connection that was ended is an end too. */
    private static void soon(long since, String what, Look look) {
        while (!isSo(look)) {
            assertTrue(System.nanoTime() - since < SOON.toNanos(), what);
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static boolean isSo(Look look) {
        try {
            return look.isSo();
        } catch (IOException ended) {
            return true;
        }
    }

    private static String path(Account account) {
        return "/accounts/" + AdminApi.segment(account.address());
    }

    /** What somebody can log in to. */
    private static List<String> opened(Account account) throws IOException, InterruptedException {
        List<String> opened = new ArrayList<>();
        if (opensThePages(account)) {
            opened.add("pages");
        }
        if (opensImap(account)) {
            opened.add("IMAP");
        }
        if (opensPop3(account)) {
            opened.add("POP3");
        }
        if (opensSubmission(account)) {
            opened.add("submission");
        }
        return opened;
    }

    private static boolean opensImap(Account account) throws IOException {
        try (ImapClient client = ImapClient.connect(PLATFORM.port(Port.IMAP))) {
            return client.tryLogin(account).startsWith("OK");
        }
    }

    private static boolean opensPop3(Account account) throws IOException {
        try (Pop3Client client = Pop3Client.connect(PLATFORM.port(Port.POP3))) {
            return client.login(account).startsWith("+OK");
        }
    }

    private static boolean opensSubmission(Account account) throws IOException {
        try (SmtpClient client = SmtpClient.connect(PLATFORM.port(Port.SUBMISSION)).startTls()) {
            return client.login(account).startsWith("235");
        }
    }

    private static boolean opensThePages(Account account) throws IOException, InterruptedException {
        String site = "http://127.0.0.1:" + PLATFORM.port(Port.WEB);
        String form = "address=" + encoded(account.address()) + "&password=" + encoded(account.password());
        HttpRequest request = HttpRequest.newBuilder(URI.create(site + "/sign-in")).header("Origin", site).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)).build();
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
            return answer.statusCode() == 303 && answer.headers().allValues("Set-Cookie").stream().anyMatch(cookie -> cookie.startsWith("postel-session="));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
