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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.platform.Port;

/** What is changed about an account, or about its domain, holds everywhere, for who is logged in already too. */
class AccountChangesTest {

    private static final RunningPlatform PLATFORM = RunningPlatform.shared();
    /** A second, and some to spare on a machine that does much else. */
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    @Test
    void aChangedPasswordWorksAtOnceAndTheOldOneNowhere() throws IOException, InterruptedException {
        Account before = PLATFORM.account();
        Account after = new Account(before.address(), "quite another secret");
        assertEquals(Map.of(), refusals(before));
        try (ImapClient imap = ImapClient.inbox(PLATFORM.port(Port.IMAP), before);
                ImapClient idle = ImapClient.inbox(PLATFORM.port(Port.IMAP), before);
                Pop3Client pop3 = Pop3Client.connect(PLATFORM.port(Port.POP3));
                SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SUBMISSION)).startTls()) {
            idle.idle();
            assertTrue(smtp.login(before).startsWith("235"));
            assertTrue(pop3.login(before).startsWith("+OK"));
            PLATFORM.admin().put(path(before) + "/password", Map.of("password", after.password()));
            long changed = System.nanoTime();
            soon(changed, "the POP3 session ends", () -> pop3.say("STAT").startsWith("-ERR [AUTH]"));
            assertEquals(Map.of(), refusals(after));
            assertEquals(Set.of("POP3", "IMAP", "submission", "pages"), refusals(before).keySet());
            assertTrue(idle.told().startsWith("* BYE The session has ended"));
            soon(changed, "the IMAP session ends", () -> !imap.say("NOOP").getLast().startsWith("OK"));
            soon(changed, "nothing is sent any more", () -> {
                String reply = smtp.say("MAIL FROM:<" + before.address() + ">");
                return !reply.startsWith("250") || !smtp.say("RSET").startsWith("250");
            });
        }
    }

    @Test
    void anAppPasswordThatIsTakenAwayEndsItsSessionsAndNoOther() throws IOException {
        Account account = PLATFORM.account();
        JsonNode made = PLATFORM.admin().post(path(account) + "/app-passwords", Map.of("name", "phone", "protocols", List.of("imap")));
        Account phone = new Account(account.address(), made.get("password").asText());
        try (ImapClient own = ImapClient.inbox(PLATFORM.port(Port.IMAP), account); ImapClient idle = ImapClient.inbox(PLATFORM.port(Port.IMAP), phone)) {
            own.idle();
            idle.idle();
            PLATFORM.admin().delete(path(account) + "/app-passwords/" + made.get("id").asText());
            assertTrue(idle.told().startsWith("* BYE The session has ended"));
            own.done();
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

    @Test
    void aSendingLimitOfADomainHoldsForAllItsAccountsTogether() throws IOException {
        Account ann = PLATFORM.account("ann@few.example.test");
        Account bob = PLATFORM.account("bob@few.example.test");
        PLATFORM.admin().patch("/domains/few.example.test", Map.of("sending", Map.of("messagesPerHour", 2)));
        try (SmtpClient first = loggedIn(ann); SmtpClient second = loggedIn(bob)) {
            assertTrue(first.send(ann.address(), bob.address(), message(ann)).startsWith("250"));
            assertTrue(second.send(bob.address(), ann.address(), message(bob)).startsWith("250"));
            String most = "450 4.7.1 Your domain may send 2 messages in an hour; try again in ";
            soon(System.nanoTime(), "the limit is reached", () -> refused(first.send(ann.address(), bob.address(), message(ann)), most));
            soon(System.nanoTime(), "for the other too", () -> refused(second.send(bob.address(), ann.address(), message(bob)), most));
            PLATFORM.admin().patch("/domains/few.example.test", Map.of("sending", Map.of("messagesPerHour", 0)));
            assertTrue(second.send(bob.address(), ann.address(), message(bob)).startsWith("250"), "what is lifted is lifted at once");
        }
    }

    @Test
    void aLimitOfRecipientsHoldsForADomain() throws IOException {
        Account account = PLATFORM.account("ann@some.example.test");
        PLATFORM.admin().patch("/domains/some.example.test", Map.of("sending", Map.of("recipientsPerHour", 3)));
        onlyThreeRecipients(account, "Your domain");
    }

    @Test
    void aLimitOfRecipientsHoldsForAnAccount() throws IOException {
        Account account = PLATFORM.account("ann@all.example.test");
        PLATFORM.admin().patch(path(account), Map.of("sending", Map.of("recipientsPerHour", 3)));
        onlyThreeRecipients(account, "This account");
    }

    /** With two there is room for one more: for two later (450), and for four at once never (550). */
    private static void onlyThreeRecipients(Account account, String who) throws IOException {
        List<String> recipients = Stream.of("one", "two", "three", "four").map(name -> account.address().replace("ann@", name + "@")).toList();
        for (String alias : recipients) {
            PLATFORM.alias(alias, account.address());
        }
        try (SmtpClient smtp = loggedIn(account)) {
            assertTrue(sendToAll(smtp, account, recipients.subList(0, 2)).startsWith("250"));
            soon(System.nanoTime(), "the limit is reached", () -> refused(sendToAll(smtp, account, recipients.subList(0, 2)),
                    "450 4.7.1 " + who + " may send to 3 recipients in an hour; try again in "));
            assertEquals("550 5.7.1 Too many recipients: " + who.toLowerCase(Locale.ROOT) + " may send to 3 recipients in an hour", sendToAll(smtp, account, recipients));
        }
    }

    /** The reply to the final dot. */
    private static String sendToAll(SmtpClient smtp, Account from, List<String> recipients) throws IOException {
        assertTrue(smtp.say("MAIL FROM:<" + from.address() + ">").startsWith("250"));
        for (String recipient : recipients) {
            assertTrue(smtp.say("RCPT TO:<" + recipient + ">").startsWith("250"));
        }
        assertTrue(smtp.say("DATA").startsWith("354"));
        return smtp.say("From: <" + from.address() + ">\r\nSubject: to all\r\n\r\nHello\r\n.");
    }

    /** At a full hour there is room once more. */
    private static boolean refused(String reply, String so) {
        assertTrue(reply.startsWith("250") || reply.startsWith(so), reply);
        return !reply.startsWith("250");
    }

    private static SmtpClient loggedIn(Account account) throws IOException {
        SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SUBMISSION)).startTls();
        assertTrue(smtp.login(account).startsWith("235"));
        return smtp;
    }

    private static byte[] message(Account from) {
        return Messages.plain(from.address(), from.address(), "few");
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

    /** What somebody cannot log in to, and what it says. POP3 first: it asks for the maildrop at once, with the session that has just begun. */
    private static Map<String, String> refusals(Account account) throws IOException, InterruptedException {
        Map<String, String> refusals = new LinkedHashMap<>();
        try (Pop3Client client = Pop3Client.connect(PLATFORM.port(Port.POP3))) {
            note(refusals, "POP3", client.login(account), "+OK");
        }
        try (ImapClient client = ImapClient.connect(PLATFORM.port(Port.IMAP))) {
            note(refusals, "IMAP", client.tryLogin(account), "OK");
        }
        try (SmtpClient client = SmtpClient.connect(PLATFORM.port(Port.SUBMISSION)).startTls()) {
            note(refusals, "submission", client.login(account), "235");
        }
        note(refusals, "pages", signIn(account), "303, postel-session=");
        return refusals;
    }

    private static void note(Map<String, String> refusals, String service, String reply, String welcome) {
        if (!reply.startsWith(welcome)) {
            refusals.put(service, reply);
        }
    }

    /** The status and what cookies are set. */
    private static String signIn(Account account) throws IOException, InterruptedException {
        String site = "http://127.0.0.1:" + PLATFORM.port(Port.WEB);
        String form = "address=" + encoded(account.address()) + "&password=" + encoded(account.password());
        HttpRequest request = HttpRequest.newBuilder(URI.create(site + "/sign-in")).header("Origin", site).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)).build();
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
            return answer.statusCode() + ", " + String.join(", ", answer.headers().allValues("Set-Cookie"));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
