package org.postel.smtp.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mail.BodyType;
import org.postel.mail.ForwardPath;

class CommandParserTest {

    private final CommandParser parser = new CommandParser(EnumSet.allOf(Leniency.class));

    // SAFETY row 9: the null sender and the postmaster, and no null recipient below
    @ParameterizedTest
    @CsvSource({"HELO x,helo", "helo mx.example.org,helo", "EHLO [127.0.0.1],ehlo", "EHLO [IPv6:::1],ehlo", "ehlo my_device,ehlo",
        "MAIL FROM:<>,mail", "mail from:<a@example.org>,mail", "RCPT TO:<a@example.org>,rcpt", "RCPT to:<Postmaster>,rcpt", "DATA,data",
        "data  ,data", "RSET,rset", "NOOP,noop", "NOOP with words,noop", "VRFY a,vrfy", "EXPN list,expn", "ETRN example.org,etrn", "HELP,help", "HELP MAIL,help",
        "QUIT,quit", "Quit ,quit", "BDAT 0,bdat", "bdat 12 last,bdat", "STARTTLS,starttls", "AUTH PLAIN,auth", "auth plain =,auth"})
    void knowsEveryVerb(String line, String verb) {
        assertEquals(verb, command(line).verb());
    }

    // SAFETY row 37: XCLIENT and XFORWARD are words like any other.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"|500", "XYZZY|500", "XCLIENT ADDR=127.0.0.1|500", "XFORWARD ADDR=127.0.0.1|500", "HELO|501", "EHLO|501", "EHLO a b|501", "EHLO <x>|501", "EHLO (x)|501",
        "MAIL|501", "MAIL <a@example.org>|501", "MAIL FROM|501", "MAIL FROM:|501", "MAIL FROM:a@example.org|501",
        "MAIL FROM:<a@example.org|501", "MAIL FROM:<a@example.org>SIZE=1|501", "MAIL FROM:<a@example.org> SIZE|501",
        "MAIL FROM:<a@example.org> SIZE=x|501", "MAIL FROM:<a@example.org> SIZE=-1|501", "MAIL FROM:<a@example.org> SIZE=1 SIZE=2|501",
        "MAIL FROM:<a@example.org> BODY=BINARY|501", "MAIL FROM:<a@example.org> SMTPUTF8=1|501", "MAIL FROM:<a@example.org> X=1|555",
        "MAIL FROM:<a@example.org> AUTH=|501", "RCPT TO:<>|501", "RCPT TO:<a@example.org> X=1|555", "RCPT TO:<a@example.org>NOTIFY=NEVER|501", "RCPT <a@example.org>|501",
        "RCPT TO:<a@example.org.>|501", "DATA now|501", "RSET x|501", "QUIT x|501", "STARTTLS x|501", "VRFY|501", "EXPN|501", "ETRN|501", "AUTH|501",
        "AUTH PLAIN a b|501", "AUTH pl@in|501", "AUTH ABCDEFGHIJKLMNOPQRSTU|501", "MAIL FROM:<\u00fc@example.org>|553"})
    void refusesWithTheCodeThatSaysWhy(String line, int code) {
        assertEquals(code, refused(line == null ? "" : line).code());
    }

    @Test
    void readsEveryParameterOfMail() {
        var mail = (SmtpCommand.Mail) command("MAIL FROM:<\u00fc@example.org> size=0012 BODY=8bitmime  SMTPUTF8 AUTH=a+3Db");
        assertEquals(OptionalLong.of(12), mail.size());
        assertEquals(BodyType.EIGHT_BIT_MIME, mail.body());
        assertTrue(mail.smtputf8());
    }

    @Test
    void readsWhatTheSenderWantsToBeTold() {
        var mail = (SmtpCommand.Mail) command("MAIL FROM:<a@example.org> RET=hdrs ENVID=QQ314159+2B+20x");
        assertEquals(new MailDsn("HDRS", "QQ314159+2B+20x"), mail.dsn());
        var rcpt = (SmtpCommand.Rcpt) command("RCPT TO:<b@example.org> NOTIFY=delay,Success ORCPT=rfc822;Bob+2Bx@example.org");
        assertEquals("SUCCESS,DELAY", rcpt.dsn().notifyValue());
        assertEquals("rfc822;Bob+2Bx@example.org", rcpt.dsn().orcpt());
        assertEquals(MailDsn.NONE, ((SmtpCommand.Mail) command("MAIL FROM:<>")).dsn());
        assertEquals(RcptDsn.NONE, ((SmtpCommand.Rcpt) command("RCPT TO:<b@example.org>")).dsn());
    }

    // RFC 3461 §4 and RFC 6533 §3. A coded line end would be a line of its own in a notification: SAFETY row 11.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"RET=FULL|y", "RET=full|y", "RET=ALL|n", "RET=|n", "RET|n", "RET=FULL RET=HDRS|n", "ENVID=a|y", "ENVID=+21|y",
        "ENVID=a+0D+0Ab|n", "ENVID=a+00|n", "ENVID=a+7F|n", "ENVID=+C3+A9|n", "ENVID=a+2b|n", "ENVID=a+2|n", "ENVID=a=b|n", "ENVID=|n", "ENVID|n"})
    void parametersOfDsnOnMail(String parameter, String taken) {
        assertDsn("MAIL FROM:<a@example.org> " + parameter, taken);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"NOTIFY=NEVER|y", "NOTIFY=SUCCESS,FAILURE,DELAY|y", "NOTIFY=NEVER,FAILURE|n", "NOTIFY=|n", "NOTIFY|n",
        "NOTIFY=SUCCESS,|n", "NOTIFY=ALWAYS|n", "NOTIFY=DELAY NOTIFY=SUCCESS|n", "ORCPT=rfc822;a@b.test|y", "ORCPT=x400;/c=us/|n", "ORCPT=x400;/c+3Dus/|y",
        "ORCPT=a@b.test|n", "ORCPT=;a@b.test|n", "ORCPT=rfc822;|n", "ORCPT=rfc822;a+0Ab|n", "ORCPT=rfc822;gr+C3+BC+C3+9Fe@b.test|y",
        "ORCPT=rfc822;a+FCb@b.test|n", "ORCPT=rfc822;a+E2+80+AEb@b.test|n", "ORCPT=rfc822;a+C2+85b@b.test|n", "ORCPT=rfc822;\u00fc@b.test|n", "ORCPT=utf-8;\u00fc@b.test|y",
        "ORCPT=UTF-8;\u00fc@b.test|y", "ORCPT=utf-8;\\x{FC}@b.test|y", "ORCPT=utf-8;a\u202eb|n", "ORCPT=utf-8;a\u2028b|n"})
    void parametersOfDsnOnRcpt(String parameter, String taken) {
        assertDsn("RCPT TO:<a@example.org> " + parameter, taken);
    }

    @Test
    void parametersOfDsnHaveALimit() {
        assertDsn("MAIL FROM:<> ENVID=" + "x".repeat(100), "y");
        assertDsn("MAIL FROM:<> ENVID=" + "x".repeat(101), "n");
        assertDsn("RCPT TO:<a@b.test> ORCPT=rfc822;" + "x".repeat(493), "y");
        assertDsn("RCPT TO:<a@b.test> ORCPT=rfc822;" + "x".repeat(494), "n");
    }

    /** RFC 8689 §2: a keyword without a value. */
    @Test
    void requireTlsIsAKeyword() {
        assertTrue(((SmtpCommand.Mail) command("MAIL FROM:<a@example.org> REQUIRETLS SIZE=1")).requireTls());
        assertFalse(((SmtpCommand.Mail) command("MAIL FROM:<a@example.org> SIZE=1")).requireTls());
        assertEquals(SyntaxReplies.BAD_PARAMETER, refused("MAIL FROM:<a@example.org> REQUIRETLS=1"));
    }

    private void assertDsn(String line, String taken) {
        if (taken.equals("y")) {
            command(line);
        } else {
            assertEquals(SyntaxReplies.BAD_PARAMETER, refused(line), line);
        }
    }

    @Test
    void readsTheSizeOfAChunk() {
        assertEquals(new SmtpCommand.Bdat(1000, false), command("BDAT 1000"));
        assertEquals(new SmtpCommand.Bdat(7, true), command("bdat 007 last"));
        assertEquals(new SmtpCommand.Bdat(999_999_999_999_999_999L, true), command("BDAT 999999999999999999 LAST"));
    }

    // What follows is content, and nobody knows how much.
    @ParameterizedTest
    @ValueSource(strings = {"BDAT", "BDAT x", "BDAT -1", "BDAT +1", "BDAT 1 2", "BDAT LAST", "BDAT 1  LAST", "BDAT  1", "BDAT 1 LAST x", "BDAT 1000000000000000000"})
    void aChunkOfUnknownSizeEndsTheConnection(String line) {
        assertEquals(SyntaxReplies.BDAT_SYNTAX, assertInstanceOf(Parsed.OutOfStep.class, parser.parse(octets(line))).reply());
    }

    @Test
    void aNullAuthParameterIsRead() {
        assertInstanceOf(SmtpCommand.Mail.class, command("MAIL FROM:<a@example.org> AUTH=<>"));
    }

    @Test
    void aSizeOverEveryNumberIsStillASize() {
        assertEquals(OptionalLong.of(Long.MAX_VALUE), ((SmtpCommand.Mail) command("MAIL FROM:<> SIZE=99999999999999999999")).size());
    }

    @Test
    void aSourceRouteIsDropped() {
        var to = ((SmtpCommand.Rcpt) command("RCPT TO:<@a.test,@b.test:c@example.org>")).to();
        assertEquals("<c@example.org>", assertInstanceOf(ForwardPath.Recipient.class, to).toString());
    }

    @Test
    void authKeepsItsResponseOutOfTheLog() {
        var auth = (SmtpCommand.Auth) command("AUTH plain c2VjcmV0");
        assertEquals("PLAIN", auth.mechanism());
        assertEquals(Optional.of("c2VjcmV0"), auth.initialResponse());
        assertEquals("Auth[PLAIN]", auth.toString());
    }

    @Test
    void aSpaceAfterTheColonIsALeniencyThatCanBeSwitchedOff() {
        byte[] line = octets("MAIL FROM: <a@example.org>");
        assertEquals(Set.of(Leniency.SPACE_AFTER_COLON), assertInstanceOf(Parsed.Command.class, parser.parse(line)).used());
        assertInstanceOf(Parsed.Refused.class, new CommandParser(Set.of()).parse(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1", "POST / HTTP/1.0", "post /x", "Host: example.org", "User-Agent: x", "PRI * HTTP/2.0"})
    void httpIsNotSmtp(String line) {
        assertInstanceOf(Parsed.NotSmtp.class, parser.parse(octets(line)));
    }

    // SAFETY row 26: what new String() would mend is refused.
    @ParameterizedTest
    @ValueSource(strings = {"\u00c0\u00af", "\u00ff", "\u00c3", "\u00ed\u00a0\u0080", "\u00f5\u0080\u0080\u0080", "\u00e0\u0080\u00af"})
    void invalidUtf8IsRefused(String latin1) {
        byte[] line = ("MAIL FROM:<a" + latin1 + "@example.org> SMTPUTF8").getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(501, assertInstanceOf(Parsed.Refused.class, parser.parse(line)).reply().code());
    }

    @Test
    void everyControlIsRefusedAnywhereInACommand() {
        for (int octet = 0; octet < 256; octet++) {
            byte[] line = octets("NOOP a?b");
            line[6] = (byte) octet;
            boolean visible = octet >= 32 && octet < 127;
            assertEquals(visible, parser.parse(line) instanceof Parsed.Command, "octet " + octet);
        }
    }

    @Test
    void everyOctetOfAnUnquotedLocalPartIsDecided() {
        String allowed = "!#$%&'*+-/=?^_`{|}~";
        for (int octet = 0; octet < 256; octet++) {
            byte[] line = octets("RCPT TO:<a?b@example.org>");
            line[10] = (byte) octet;
            boolean atext = octet < 128 && (Character.isLetterOrDigit(octet) || allowed.indexOf(octet) >= 0 || octet == '.');
            assertEquals(atext, parser.parse(line) instanceof Parsed.Command, "octet " + octet);
        }
    }

    @Test
    void everyOctetOfAClientNameIsDecided() {
        for (int octet = 0; octet < 256; octet++) {
            byte[] line = octets("EHLO a?b");
            line[6] = (byte) octet;
            boolean name = octet < 128 && (Character.isLetterOrDigit(octet) || "._~+-".indexOf(octet) >= 0);
            assertEquals(name, parser.parse(line) instanceof Parsed.Command, "octet " + octet);
        }
    }

    @Test
    void noLineIsTooStrangeForAnAnswer() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] starts = {"", "MAIL FROM:", "RCPT TO:<", "AUTH ", "EHLO ", "MAIL FROM:<a@b.test> ", "RCPT TO:<a@b.test> ORCPT=",
            "RCPT TO:<a@b.test> NOTIFY=", "MAIL FROM:<> ENVID="};
        for (int i = 0; i < 50_000; i++) {
            byte[] tail = new byte[random.nextInt(40)];
            random.nextBytes(tail);
            byte[] start = octets(starts[random.nextInt(starts.length)]);
            byte[] line = java.nio.ByteBuffer.allocate(start.length + tail.length).put(start).put(tail).array();
            if (parser.parse(line) instanceof Parsed.Refused(Reply reply)) {
                assertTrue(reply.permanentError(), "seed " + seed);
            }
        }
    }

    private SmtpCommand command(String line) {
        return assertInstanceOf(Parsed.Command.class, parser.parse(octets(line)), line).command();
    }

    private Reply refused(String line) {
        return assertInstanceOf(Parsed.Refused.class, parser.parse(octets(line)), line).reply();
    }

    private static byte[] octets(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }
}
