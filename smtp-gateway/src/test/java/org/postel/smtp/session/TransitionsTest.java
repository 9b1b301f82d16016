package org.postel.smtp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.postel.smtp.session.SmtpState.Addressing;
import org.postel.smtp.session.SmtpState.Chunking;
import org.postel.smtp.session.SmtpState.Connected;
import org.postel.smtp.session.SmtpState.Greeted;
import org.postel.smtp.syntax.ClientName;
import org.postel.smtp.syntax.CommandParser;
import org.postel.smtp.syntax.Leniency;
import org.postel.smtp.syntax.Parsed;
import org.postel.smtp.syntax.RcptDsn;
import org.postel.smtp.syntax.RcptDsn.Notify;
import org.postel.smtp.syntax.SmtpCommand;

class TransitionsTest {

    private static final Terms MX = new Terms("mx.example.test", Service.MX, false, true, false, List.of("PLAIN", "LOGIN"), 1000, 2);
    private static final Terms SUBMISSION = new Terms("mx.example.test", Service.SUBMISSION, true, false, false, List.of("PLAIN", "LOGIN"), 1000, 2);
    private static final Terms LMTP = new Terms("mx.example.test", Service.LMTP, false, false, false, List.of("PLAIN", "LOGIN"), 1000, 2);
    private static final Client CLIENT = new Client(new ClientName("client"), true);
    private static final Login NOBODY = new Login.Anonymous();
    private static final Login ALICE = new Login.Authenticated(new Account("alice@example.test", Set.of("alice@example.test"), () -> true));
    private static final AcceptedRecipient BOB = new AcceptedRecipient("bob@example.test", "bob@example.test", RcptDsn.NONE);

    private static final Map<String, String> LINES = new TreeMap<>(Map.ofEntries(Map.entry("helo", "HELO x"), Map.entry("ehlo", "EHLO x"), Map.entry("lhlo", "LHLO x"),
        Map.entry("mail", "MAIL FROM:<a@example.org>"), Map.entry("rcpt", "RCPT TO:<b@example.test>"), Map.entry("data", "DATA"), Map.entry("bdat", "BDAT 3 LAST"),
        Map.entry("rset", "RSET"), Map.entry("noop", "NOOP"), Map.entry("vrfy", "VRFY x"), Map.entry("expn", "EXPN x"), Map.entry("etrn", "ETRN example.org"),
        Map.entry("help", "HELP"), Map.entry("quit", "QUIT"), Map.entry("starttls", "STARTTLS"), Map.entry("auth", "AUTH PLAIN")));

    // Columns: connected, greeted, transaction without recipient, with one, with some content in chunks.
    private static final String ON_MX = """
        helo      250>greeted 250>greeted 250>greeted      250>greeted 250>greeted
        ehlo      250>greeted 250>greeted 250>greeted      250>greeted 250>greeted
        lhlo      500         500         500              500         500
        mail      503         sender      503              503         503
        rcpt      503         503         recipient        recipient   503
        data      503         503         503              content     503
        bdat      drop-503    drop-503    drop-503>greeted first-chunk chunk
        rset      250         250         250>greeted      250>greeted 250>greeted
        noop      250         250         250              250         250
        vrfy      252         252         252              252         252
        expn      502         502         502              502         502
        etrn      502         502         502              502         502
        help      214         214         214              214         214
        quit      hangup      hangup      hangup           hangup      hangup
        starttls  503         tls         503              503         503
        auth      502         502         502              502         502
        """;
    private static final String ON_SUBMISSION = """
        helo      250>greeted 250>greeted 250>greeted      250>greeted 250>greeted
        ehlo      250>greeted 250>greeted 250>greeted      250>greeted 250>greeted
        lhlo      500         500         500              500         500
        mail      503         530         503              503         503
        rcpt      503         503         recipient        recipient   503
        data      503         503         503              content     503
        bdat      drop-503    drop-503    drop-503>greeted first-chunk chunk
        rset      250         250         250>greeted      250>greeted 250>greeted
        noop      250         250         250              250         250
        vrfy      252         252         252              252         252
        expn      502         502         502              502         502
        etrn      502         502         502              502         502
        help      214         214         214              214         214
        quit      hangup      hangup      hangup           hangup      hangup
        starttls  503         503         503              503         503
        auth      503         credentials 503              503         503
        """;

    private static final String ON_LMTP = """
        helo      500         500         500              500         500
        ehlo      500         500         500              500         500
        lhlo      250>greeted 250>greeted 250>greeted      250>greeted 250>greeted
        mail      503         sender      503              503         503
        rcpt      503         503         recipient        recipient   503
        data      503         503         503              content     503
        bdat      drop-503    drop-503    drop-503>greeted first-chunk chunk
        rset      250         250         250>greeted      250>greeted 250>greeted
        noop      250         250         250              250         250
        vrfy      252         252         252              252         252
        expn      502         502         502              502         502
        etrn      502         502         502              502         502
        help      214         214         214              214         214
        quit      hangup      hangup      hangup           hangup      hangup
        starttls  502         502         502              502         502
        auth      502         502         502              502         502
        """;

    @Test
    void everyPairOfVerbAndStateIsDecidedOnTheMxPort() {
        check(MX, ON_MX);
    }

    @Test
    void everyPairOfVerbAndStateIsDecidedOnTheSubmissionPort() {
        check(SUBMISSION, ON_SUBMISSION);
    }

    @Test
    void everyPairOfVerbAndStateIsDecidedOverLmtp() {
        check(LMTP, ON_LMTP);
    }

    @Test
    void theTableHasEveryVerb() {
        Set<String> verbs = Set.copyOf(Arrays.stream(SmtpCommand.class.getPermittedSubclasses()).map(type -> type.getSimpleName().toLowerCase()).toList());
        assertEquals(verbs, LINES.keySet());
    }

    private static void check(Terms terms, String table) {
        List<SmtpState> states = List.of(new Connected(), greeted(NOBODY), addressing(NOBODY), addressing(NOBODY).with(BOB),
            new Chunking(addressing(NOBODY).with(BOB)));
        Set<String> seen = new java.util.HashSet<>();
        for (String row : table.lines().toList()) {
            String[] cells = row.trim().split("\\s+");
            seen.add(cells[0]);
            for (int i = 0; i < states.size(); i++) {
                Step step = new Transitions(terms).next(states.get(i), command(LINES.get(cells[0])));
                assertEquals(cells[i + 1], written(states.get(i), step), cells[0] + " in column " + i);
            }
        }
        assertEquals(LINES.keySet(), seen);
    }

    private static String written(SmtpState before, Step step) {
        return switch (step) {
            case Step.Answer(SmtpState next, var reply) when next.equals(before) -> String.valueOf(reply.code());
            case Step.Answer(SmtpState next, var reply) -> reply.code() + ">" + next.getClass().getSimpleName().toLowerCase();
            case Step.AskSender ask -> "sender";
            case Step.AskRecipient ask -> "recipient";
            case Step.AskCredentials ask -> "credentials";
            case Step.ReadContent read -> "content";
            case Step.ReadChunk read -> read.first() ? "first-chunk" : "chunk";
            case Step.DropChunk drop -> "drop-" + written(before, drop.then());
            case Step.UpgradeToTls tls -> "tls";
            case Step.Hangup hangup -> "hangup";
        };
    }

    @Test
    void aLoginOutlivesEhloAndNotTls() {
        var next = assertInstanceOf(Step.Answer.class, new Transitions(SUBMISSION).next(greeted(ALICE), command("EHLO y"))).next();
        assertEquals(ALICE, ((Greeted) next).login());
        Terms clear = new Terms("h", Service.SUBMISSION, false, true, true, List.of("PLAIN", "LOGIN"), 1000, 2);
        assertSame(Replies.TLS_AFTER_AUTH, answer(clear, greeted(ALICE), "STARTTLS"));
    }

    /** RFC 8689 §2. */
    @Test
    void requireTlsIsOfferedAndTakenUnderTlsOnly() {
        assertTrue(ehlo(MX).stream().noneMatch("REQUIRETLS"::equals));
        assertTrue(ehlo(MX.underTls()).contains("REQUIRETLS"));
        assertSame(Replies.REQUIRETLS_NEEDS_TLS, answer(MX, greeted(NOBODY), "MAIL FROM:<a@example.org> REQUIRETLS"));
        assertInstanceOf(Step.AskSender.class, new Transitions(MX.underTls()).next(greeted(NOBODY), command("MAIL FROM:<a@example.org> REQUIRETLS")));
    }

    @Test
    void nobodyLogsInTwice() {
        assertSame(Replies.AUTH_TWICE, answer(SUBMISSION, greeted(ALICE), "AUTH PLAIN"));
    }

    @Test
    void authInClearNeedsTlsFirst() {
        Terms clear = new Terms("h", Service.SUBMISSION, false, true, false, List.of("PLAIN", "LOGIN"), 1000, 2);
        assertSame(Replies.AUTH_NEEDS_TLS, answer(clear, greeted(NOBODY), "AUTH PLAIN"));
        assertSame(Replies.TLS_FIRST, answer(clear, greeted(NOBODY), "MAIL FROM:<>"));
        assertTrue(ehlo(clear).contains("STARTTLS"));
        assertTrue(ehlo(clear).stream().noneMatch(line -> line.startsWith("AUTH")));
    }

    @Test
    void authIsNotOfferedOnTheMxPortNorTwice() {
        assertTrue(ehlo(MX.underTls()).stream().noneMatch(line -> line.startsWith("AUTH") || line.equals("STARTTLS")));
        assertTrue(ehlo(SUBMISSION).contains("AUTH PLAIN LOGIN"));
        assertTrue(answer(SUBMISSION, greeted(ALICE), "EHLO x").lines().stream().noneMatch(line -> line.startsWith("AUTH")));
    }

    @Test
    void tooLargeIsSaidBeforeTheOctetsCome() {
        assertSame(Replies.TOO_LARGE, answer(MX, greeted(NOBODY), "MAIL FROM:<> SIZE=1001"));
        assertInstanceOf(Step.AskSender.class, new Transitions(MX).next(greeted(NOBODY), command("MAIL FROM:<> SIZE=1000")));
    }

    @Test
    void parametersNeedEhlo() {
        Greeted old = new Greeted(new Client(new ClientName("x"), false), NOBODY);
        assertSame(Replies.PARAMETERS_NEED_EHLO, answer(MX, old, "MAIL FROM:<> SIZE=1"));
        assertSame(Replies.PARAMETERS_NEED_EHLO, answer(MX, old, "MAIL FROM:<> RET=FULL"));
        Addressing open = Transitions.opened(old, (SmtpCommand.Mail) command("MAIL FROM:<>"));
        assertSame(Replies.PARAMETERS_NEED_EHLO, answer(MX, open, "RCPT TO:<a@example.test> NOTIFY=NEVER"));
        assertInstanceOf(Step.AskSender.class, new Transitions(MX).next(old, command("MAIL FROM:<>")));
    }

    @Test
    void recipientsAreLimitedAndTheRestMayComeLater() {
        Addressing full = addressing(NOBODY).with(BOB).with(new AcceptedRecipient("c@example.test", "c@example.test", RcptDsn.NONE));
        assertSame(Replies.TOO_MANY_RECIPIENTS, answer(MX, full, "RCPT TO:<d@example.test>"));
    }

    @Test
    void anInternationalRecipientNeedsSmtputf8() {
        assertSame(Replies.RECIPIENT_NEEDS_SMTPUTF8, answer(MX, addressing(NOBODY), "RCPT TO:<\u00fc@example.test>"));
        assertSame(Replies.RECIPIENT_NEEDS_SMTPUTF8, answer(MX, addressing(NOBODY), "RCPT TO:<a@example.test> ORCPT=utf-8;\u00fc@example.test"));
        Addressing open = new Addressing(CLIENT, NOBODY, (SmtpCommand.Mail) command("MAIL FROM:<> SMTPUTF8"), List.of());
        assertInstanceOf(Step.AskRecipient.class, new Transitions(MX).next(open, command("RCPT TO:<\u00fc@example.test>")));
    }

    @Test
    void aRecipientNamedTwiceIsKeptOnce() {
        AcceptedRecipient again = new AcceptedRecipient(BOB.address(), BOB.original(), new RcptDsn(Set.of(Notify.NEVER), ""));
        assertEquals(List.of(BOB), addressing(NOBODY).with(BOB).with(again).to());
    }

    private static org.postel.smtp.syntax.Reply answer(Terms terms, SmtpState state, String line) {
        return assertInstanceOf(Step.Answer.class, new Transitions(terms).next(state, command(line))).reply();
    }

    private static List<String> ehlo(Terms terms) {
        return answer(terms, new Connected(), "EHLO x").lines();
    }

    private static Greeted greeted(Login login) {
        return new Greeted(CLIENT, login);
    }

    private static Addressing addressing(Login login) {
        return Transitions.opened(greeted(login), (SmtpCommand.Mail) command("MAIL FROM:<a@example.org>"));
    }

    private static SmtpCommand command(String line) {
        Parsed parsed = new CommandParser(EnumSet.allOf(Leniency.class)).parse(line.getBytes(StandardCharsets.UTF_8));
        return assertInstanceOf(Parsed.Command.class, parsed, line).command();
    }
}
