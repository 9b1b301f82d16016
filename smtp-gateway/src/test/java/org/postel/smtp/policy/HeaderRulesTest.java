package org.postel.smtp.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.QueueId;
import org.postel.mail.ReversePath;
import org.postel.smtp.command.Header;
import org.postel.smtp.command.Headers;
import org.postel.smtp.session.Account;
import org.postel.smtp.session.Login;
import org.postel.smtp.syntax.Reply;

class HeaderRulesTest {

    private static final Login ALICE = new Login.Authenticated(new Account("alice@example.test", Set.of("alice@example.test", "info@example.test"), () -> true));
    private static final Login NOBODY = new Login.Anonymous();

    private final HeaderRules rules = new HeaderRules(3, "mx.example.test", Clock.systemUTC());

    // SAFETY rows 10 and 28. A | stands for a line end.
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', value = {
        "From: alice@example.test ~ 0",
        "From: ALICE@Example.Test ~ 0",
        "From: Alice <alice@example.test> ~ 0",
        "From: \"Liddell, Alice\" <info@example.test> ~ 0",
        "From: =?utf-8?q?=C3=84lice?= <alice@example.test> ~ 0",
        "From:| alice@example.test ~ 0",
        "From: alice@example.test, info@example.test|Sender: alice@example.test ~ 0",
        "From: bob@example.test ~ 5.7.1",
        "From: alice@example.test <bob@example.test> ~ 5.7.1",
        "From: \"alice@example.test\" <bob@example.test> ~ 5.7.1",
        "From: alice@example.test, bob@example.test ~ 5.7.1",
        "From: alice@example.test|Sender: bob@example.test ~ 5.7.1",
        "From: friends: bob@example.test; ~ 5.7.1",
        "From: alice ~ 5.7.1",
        "From: <> ~ 5.7.1",
        "From:  ~ 5.7.1",
        "From: alice@example.test|From: bob@example.test ~ 5.6.0",
        "From: alice@example.test|From: alice@example.test ~ 5.6.0",
        "From : alice@example.test|FROM: bob@example.test ~ 5.6.0",
        "From: alice@example.test|Subject: a|Subject: b ~ 5.6.0",
        "Subject: x ~ 5.6.0",
        "From: \u00c4\u00d6\u00dc <alice@example.test> ~ 0",
        "From: alice@example.test (\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9) <bob@example.test> ~ 5.7.1",
        "From: alice@example.test|no field ~ 5.6.0",
    })
    void whoLoggedInSendsAsItself(String header, String status) {
        String expected = status.equals("0") ? "" : status;
        assertEquals(expected, rules.refusal(ALICE, header(header)).map(Reply::status).orElse(""), header);
    }

    @Test
    void aStrangersHeaderIsLeftAsItIs() {
        assertEquals("", rules.refusal(NOBODY, header("no field|From: a@b.test|From: c@d.test")).map(Reply::status).orElse(""));
        assertEquals(List.of(), rules.missing(NOBODY, header("X: y"), QueueId.next()));
        assertEquals(Set.of(), rules.removed(NOBODY));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {"From: Alice <alice@Example.Test> ~ example.test", "From: alice@b\u00fccher.test ~ xn--bcher-kva.test",
        "From: nobody ~ mx.example.test", "From: alice@[192.0.2.1] ~ mx.example.test", "Subject: x ~ mx.example.test"})
    void aMissingMessageIdHasTheSendersDomain(String header, String domain) {
        QueueId id = QueueId.next();
        assertEquals("Message-ID: <" + id + "@" + domain + ">", rules.missing(ALICE, header(header), id).getLast());
    }

    // SAFETY row 25
    @Test
    void aLoopIsCut() {
        assertEquals("", rules.refusal(NOBODY, header("Received: x|".repeat(3))).map(Reply::status).orElse(""));
        assertEquals("5.4.6", rules.refusal(NOBODY, header("Received: x|".repeat(4))).map(Reply::status).orElse(""));
    }

    @Test
    void onlyOwnAddressesAndTheNullPathGoIntoMail() throws AddressSyntaxException {
        OwnAddresses own = new OwnAddresses();
        assertEquals("", own.refusal(ALICE, ReversePath.ofAddress("Info@EXAMPLE.test")).map(Reply::status).orElse(""));
        assertEquals("", own.refusal(ALICE, new ReversePath.Null()).map(Reply::status).orElse(""));
        assertEquals("5.7.1", own.refusal(ALICE, ReversePath.ofAddress("bob@example.test")).map(Reply::status).orElse(""));
        assertEquals("", own.refusal(NOBODY, ReversePath.ofAddress("bob@example.test")).map(Reply::status).orElse(""));
    }

    private static Header header(String lines) {
        return Headers.scan((lines.replaceAll("\\|$", "") + "|").replace("|", "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
