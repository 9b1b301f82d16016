package org.postel.smtp.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.mail.AddressParser;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.BodyType;
import org.postel.mail.Mailbox;
import org.postel.mail.ReversePath;
import org.postel.smtp.policy.RelayForLogins;
import org.postel.smtp.session.Client;
import org.postel.smtp.session.Login;
import org.postel.smtp.session.SmtpState.Addressing;
import org.postel.smtp.session.Step;
import org.postel.smtp.syntax.ClientName;
import org.postel.smtp.syntax.MailDsn;
import org.postel.smtp.syntax.RcptDsn;
import org.postel.smtp.syntax.SmtpCommand;

class RcptCommandTest {

    private static final RcptDsn DSN = new RcptDsn(Set.of(), "rfc822;b@example.test");
    private static final Login ALICE = new Login.Authenticated(FakeAuthenticator.ALICE);

    private final FakeDirectory directory = new FakeDirectory();

    // SAFETY rows 8 and 24. "-" in the last column: no such path, refused by the parser with 501.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        "<bob@example.test>                     | 250 | bob@example.test",
        "<BOB@EXAMPLE.TEST>                     | 250 | BOB@EXAMPLE.TEST",
        "<\"bob\"@example.test>                 | 250 | bob@example.test",
        "<\"a b\"@example.test>                 | 250 | \"a b\"@example.test",
        "<@relay.test:bob@example.test>         | 250 | bob@example.test",
        "<nobody@example.test>                  | 550 5.1.1 | -",
        "<user@example.org>                     | 550 5.7.1 | -",
        "<user%example.org@example.test>        | 550 5.1.1 | -",
        "<user%ext@example.org>                 | 550 5.7.1 | -",
        "<example.org!user@example.test>        | 550 5.1.1 | -",
        "<@example.test:user@example.org>       | 550 5.7.1 | -",
        "<@example.test,@a.test:u@example.org>  | 550 5.7.1 | -",
        "<\"user@example.org\"@example.test>    | 550 5.1.1 | -",
        "<\"user%example.org\"@example.test>    | 550 5.1.1 | -",
        "<user@[127.0.0.1]>                     | 550 5.7.1 | -",
        "<bob@[127.0.0.1]>                      | 550 5.7.1 | -",
        "<bob@[IPv6:::1]>                       | 550 5.7.1 | -",
        "<bob@example.test.example.org>         | 550 5.7.1 | -",
        "<bob@sub.example.test>                 | 550 5.7.1 | -",
        "<bob@localhost>                        | 550 5.7.1 | -",
        "<bob@\u0435xample.test>                | 550 5.7.1 | -",
        "<\"\"@example.test>                    | 550 5.1.1 | -",
        "<bob@B\u00dcCHER.test>                 | 550 5.1.1 | -",
    })
    void aStrangerReachesOurUsersAndNobodyElse(String path, String reply, String address) throws AddressSyntaxException {
        check(new Login.Anonymous(), path, reply, address);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        "<user@example.org>   | 250       | user@example.org",
        "<user@[192.0.2.1]>   | 550 5.1.2 | -",
        "<nobody@example.test>| 550 5.1.1 | -",
    })
    void whoLoggedInReachesTheWorld(String path, String reply, String address) throws AddressSyntaxException {
        check(ALICE, path, reply, address);
    }

    // SAFETY row 16. 4 KiB are for the fields that are added.
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "0,    -,    452 4.2.2",
        "4095, -,    452 4.2.2",
        "4096, -,    250",
        "4096, 1,    452 4.2.2",
        "9000, 4905, 452 4.2.2",
        "9000, 4904, 250",
    })
    void whoBringsMailKeepsWhatFindsNoRoom(long room, Long size, String reply) throws AddressSyntaxException {
        directory.room(room);
        for (boolean lmtp : List.of(false, true)) {
            var mail = new SmtpCommand.Mail(new ReversePath.Null(), size == null ? OptionalLong.empty() : OptionalLong.of(size), BodyType.SEVEN_BIT, true, MailDsn.NONE);
            check(ask(new Addressing(new Client(new ClientName("x"), true, lmtp), new Login.Anonymous(), mail, List.of()), "<bob@example.test>"), "<bob@example.test>", reply,
                reply.equals("250") ? "bob@example.test" : "-");
        }
    }

    /** A mail program has no queue, and RFC 5321 §4.5.1 has mail for the postmaster taken. SAFETY row 9. */
    @Test
    void mailOfUsersAndForThePostmasterIsTakenWhereThereIsNoRoom() throws AddressSyntaxException {
        directory.room(0);
        check(ALICE, "<bob@example.test>", "250", "bob@example.test");
        check(new Login.Anonymous(), "<postmaster@example.test>", "250", "postmaster@example.test");
        check(new Login.Anonymous(), "<Postmaster>", "250", "postmaster@example.test");
    }

    @Test
    void postmasterIsTheDomainsOwnWhereThereIsOne() throws AddressSyntaxException {
        check(new Login.Anonymous(), "<postmaster@example.test>", "250", "postmaster@example.test");
        check(new Login.Anonymous(), "<Postmaster>", "250", "postmaster@example.test");
    }

    @Test
    void anotherPostmasterIsWhoeverIsConfigured() throws AddressSyntaxException {
        check(new Login.Anonymous(), "<postmaster@b\u00fccher.test>", "550 5.1.1", "-");
        Step step = command(Optional.of(Mailbox.parse("alice@example.test"))).decide(ask(new Login.Anonymous(), "<PostMaster@b\u00fccher.test>"));
        var accepted = ((Addressing) assertInstanceOf(Step.Answer.class, step).next()).to().getFirst();
        assertEquals("alice@example.test", accepted.address());
        assertEquals("PostMaster@b\u00fccher.test", accepted.original());
    }

    @Test
    void postmasterOfAStrangersDomainIsNotOurs() throws AddressSyntaxException {
        Step step = command(Optional.of(Mailbox.parse("alice@example.test"))).decide(ask(new Login.Anonymous(), "<postmaster@example.org>"));
        assertEquals("5.7.1", assertInstanceOf(Step.Answer.class, step).reply().status());
    }

    /** The sender of mail that we forwarded hears of it, and of nothing else. */
    @Test
    void aRewrittenSenderTakesNoticesOnly() throws AddressSyntaxException {
        String path = "<SRS0=abcdefgh=AB=example.org=carol@example.test>";
        check(new Login.Anonymous(), path, "250", "SRS0=abcdefgh=AB=example.org=carol@example.test");
        for (Login login : List.of(new Login.Anonymous(), ALICE)) {
            Step step = command(Optional.empty()).decide(ask(login, ReversePath.ofAddress("mallory@example.net"), path));
            assertEquals("5.7.1", assertInstanceOf(Step.Answer.class, step).reply().status());
        }
    }

    @Test
    void aSilentDirectoryIsNeverAYes() throws AddressSyntaxException {
        directory.down(true);
        check(new Login.Anonymous(), "<bob@example.test>", "451 4.4.3", "-");
        check(ALICE, "<user@example.org>", "451 4.4.3", "-");
        check(new Login.Anonymous(), "<Postmaster>", "451 4.4.3", "-");
    }

    private void check(Login login, String path, String reply, String address) throws AddressSyntaxException {
        check(ask(login, path), path, reply, address);
    }

    private void check(Step.AskRecipient asked, String path, String reply, String address) throws AddressSyntaxException {
        Step.Answer answer = assertInstanceOf(Step.Answer.class, command(Optional.empty()).decide(asked));
        String[] expected = reply.split(" ");
        assertEquals(Integer.parseInt(expected[0]), answer.reply().code(), path);
        if (expected.length > 1) {
            assertEquals(expected[1], answer.reply().status(), path);
        }
        List<String> to = ((Addressing) answer.next()).to().stream().map(accepted -> accepted.address()).toList();
        assertEquals(address.equals("-") ? List.of() : List.of(address), to, path);
        assertTrue(((Addressing) answer.next()).to().stream().allMatch(accepted -> accepted.dsn().equals(DSN)), path);
    }

    private RcptCommand command(Optional<Mailbox> postmaster) throws AddressSyntaxException {
        return new RcptCommand(directory, new RelayForLogins(), Mailbox.parse("postmaster@example.test"), postmaster);
    }

    private static Step.AskRecipient ask(Login login, String path) throws AddressSyntaxException {
        return ask(login, new ReversePath.Null(), path);
    }

    private static Step.AskRecipient ask(Login login, ReversePath from, String path) throws AddressSyntaxException {
        var mail = new SmtpCommand.Mail(from, OptionalLong.empty(), BodyType.SEVEN_BIT, true, MailDsn.NONE);
        return ask(new Addressing(new Client(new ClientName("x"), true), login, mail, List.of()), path);
    }

    private static Step.AskRecipient ask(Addressing envelope, String path) throws AddressSyntaxException {
        return new Step.AskRecipient(envelope, new SmtpCommand.Rcpt(new AddressParser(path).forwardPath(), DSN));
    }
}
