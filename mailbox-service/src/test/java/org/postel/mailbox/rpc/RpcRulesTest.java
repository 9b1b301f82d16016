package org.postel.mailbox.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.postel.mailbox.api.DirectoryClient;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.postel.mailbox.api.MailboxesClient;
import org.postel.mailbox.api.v1.AccessToken;
import org.postel.mailbox.api.v1.AcquireMaildropRequest;
import org.postel.mailbox.api.v1.AuthenticateRequest;
import org.postel.mailbox.api.v1.AuthenticateRequest.Protocol;
import org.postel.mailbox.api.v1.AuthenticateResponse;
import org.postel.mailbox.api.v1.ChangesRequest;
import org.postel.mailbox.api.v1.ChannelBinding;
import org.postel.mailbox.api.v1.CopyRequest;
import org.postel.mailbox.api.v1.CreateRequest;
import org.postel.mailbox.api.v1.DeleteRequest;
import org.postel.mailbox.api.v1.DeliverRequest;
import org.postel.mailbox.api.v1.DeliverTo;
import org.postel.mailbox.api.v1.ExpungeRequest;
import org.postel.mailbox.api.v1.LocalAccount;
import org.postel.mailbox.api.v1.MaildropLease;
import org.postel.mailbox.api.v1.OpenRequest;
import org.postel.mailbox.api.v1.PasswordCredentials;
import org.postel.mailbox.api.v1.Refused;
import org.postel.mailbox.api.v1.ReleaseMaildropRequest;
import org.postel.mailbox.api.v1.RenewMaildropRequest;
import org.postel.mailbox.api.v1.RenewRequest;
import org.postel.mailbox.api.v1.ResolveRequest;
import org.postel.mailbox.api.v1.ScramFinal;
import org.postel.mailbox.api.v1.ScramFirst;
import org.postel.mailbox.api.v1.Session;
import org.postel.mailbox.api.v1.StatusRequest;
import org.postel.mailbox.api.v1.StoreRequest;
import org.postel.mailbox.api.v1.SummariesRequest;
import org.postel.mailbox.api.v1.TokenError;
import org.postel.mailbox.api.v1.TreeRequest;
import org.postel.mailbox.api.v1.Unreadable;
import org.postel.mailbox.directory.AppPasswords;
import org.postel.mailbox.directory.Forwarding;
import org.postel.mailbox.identity.Caller;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.identity.TokenIssuer;
import org.postel.mailbox.scram.ScramClient;
import org.postel.mailbox.store.Uuids;

class RpcRulesTest {

    @TempDir
    Path folder;

    private RpcFixture service;
    private Session session;

    @BeforeEach
    void start() throws Exception {
        service = new RpcFixture(folder, Duration.ofSeconds(30));
        session = service.login(Caller.IMAP_GATEWAY, Protocol.IMAP);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aSessionOpensItsAccountForItsGatewayOnly() throws Exception {
        assertEquals(1, service.client(Caller.IMAP_GATEWAY).mailboxes(session).tree(TreeRequest.getDefaultInstance()).getMailboxesCount());
        for (Caller thief : new Caller[] {Caller.POP3_GATEWAY, Caller.SMTP_GATEWAY, Caller.DELIVERY_WORKER}) {
            MailboxesClient stolen = service.client(thief).mailboxes(session);
            refused(Reason.PERMISSION_DENIED, () -> stolen.tree(TreeRequest.getDefaultInstance()));
        }
    }

    @Test
    void theAccountIsTheSessionsAndNotTheRequests() throws Exception {
        assertEquals(session.getAccountId(),
                service.client(Caller.IMAP_GATEWAY).mailboxes(session).status(StatusRequest.getDefaultInstance()).getHeaders(0).getMailboxId());
    }

    /** SAFETY row 16: who brings mail is told before it comes. What need not stay here needs no room. */
    @Test
    void theRoomOfAnAccountIsToldToWhoAsksForIt() throws Exception {
        DirectoryClient smtp = service.client(Caller.SMTP_GATEWAY).directory();
        ResolveRequest asking = ResolveRequest.newBuilder().addAddress("alice@example.test").setRoom(true).build();
        assertFalse(smtp.resolve(asking).getResolutions(0).getAccount().hasRoom());
        service.quotas.rooms.put(Uuids.of(session.getAccountId()), 0L);
        LocalAccount full = smtp.resolve(asking).getResolutions(0).getAccount();
        assertTrue(full.hasRoom());
        assertEquals(0, full.getRoom());
        assertFalse(smtp.resolve(asking.toBuilder().setRoom(false).build()).getResolutions(0).getAccount().hasRoom());
        service.directory.administration.change("alice@example.test",
                account -> account.settings().withForwarding(Optional.of(new Forwarding(List.of("alice@example.org"), true))));
        assertFalse(smtp.resolve(asking).getResolutions(0).getAccount().hasRoom());
    }

    @Test
    void aForgedSessionOpensNothing() throws Exception {
        String token = session.getSessionToken();
        Session forged = session.toBuilder().setSessionToken(token.substring(0, token.length() - 4) + "AAAA").build();
        refused(Reason.UNAUTHENTICATED, () -> service.client(Caller.IMAP_GATEWAY).mailboxes(forged).tree(TreeRequest.getDefaultInstance()));
        Session none = session.toBuilder().setSessionToken("x").build();
        refused(Reason.UNAUTHENTICATED, () -> service.client(Caller.IMAP_GATEWAY).mailboxes(none).tree(TreeRequest.getDefaultInstance()));
    }

    /** A token lives for long; what it opens does not outlive the password or the switch. */
    @Test
    void aSessionEndsWithItsPasswordAndItsProtocol() throws Exception {
        MailboxesClient mailboxes = service.client(Caller.IMAP_GATEWAY).mailboxes(session);
        mailboxes.status(StatusRequest.getDefaultInstance());
        service.directory.administration.change("alice@example.test", account -> account.settings().with(SessionProtocol.IMAP, false));
        refused(Reason.UNAUTHENTICATED, () -> mailboxes.status(StatusRequest.getDefaultInstance()));
        service.directory.administration.change("alice@example.test", account -> account.settings().with(SessionProtocol.IMAP, true));
        mailboxes.status(StatusRequest.getDefaultInstance());
        service.directory.administration.changePassword("alice@example.test", "other");
        refused(Reason.UNAUTHENTICATED, () -> mailboxes.status(StatusRequest.getDefaultInstance()));
    }

    @Test
    void aSessionOfAnAppPasswordEndsWithIt() throws Exception {
        UUID alice = service.directory.administration.account("alice@example.test").id();
        AppPasswords.Made phone = service.directory.apps.add(alice, "phone", Set.of(SessionProtocol.IMAP));
        MailboxServiceClient imap = service.client(Caller.IMAP_GATEWAY);
        Session opened = imap.directory().authenticate(attempt(Protocol.IMAP, phone.text())).getSession();
        MailboxesClient mailboxes = imap.mailboxes(opened);
        service.directory.administration.changePassword("alice@example.test", "other");
        mailboxes.status(StatusRequest.getDefaultInstance());
        assertTrue(imap.directory().renew(RenewRequest.newBuilder().setSessionToken(opened.getSessionToken()).build()).hasSession());
        service.directory.apps.remove(alice, phone.password().id());
        refused(Reason.UNAUTHENTICATED, () -> mailboxes.status(StatusRequest.getDefaultInstance()));
        assertFalse(imap.directory().renew(RenewRequest.newBuilder().setSessionToken(opened.getSessionToken()).build()).hasSession());
    }

    @Test
    void eachLogInIsNotedWithItsClientAndItsEnd() throws Exception {
        UUID alice = service.directory.administration.account("alice@example.test").id();
        AppPasswords.Made phone = service.directory.apps.add(alice, "phone", Set.of(SessionProtocol.IMAP));
        MailboxServiceClient imap = service.client(Caller.IMAP_GATEWAY);
        imap.directory().authenticate(attempt(Protocol.IMAP, phone.text()));
        imap.directory().authenticate(attempt(Protocol.IMAP, "wrong"));
        imap.directory().renew(RenewRequest.newBuilder().setSessionToken(session.getSessionToken()).build());
        service.seen.start();
        service.seen.close();
        assertEquals(Set.of("GRANTED " + Optional.empty() + " 1", "GRANTED " + Optional.of(phone.password().id()) + " 1", "WRONG " + Optional.empty() + " 1"),
                service.seen.logins(alice).stream().map(login -> login.how().result() + " " + login.how().appPassword() + " " + login.count())
                        .collect(Collectors.toSet()));
    }

    @Test
    void withoutAGoodServiceTokenNothingIsAnswered() throws Exception {
        Instant soon = Instant.now().plusSeconds(60);
        for (String token : new String[] {"nonsense", new TokenIssuer("test").service(Caller.SMTP_GATEWAY),
            service.issuer.token("smtp-gateway", "mailbox-service", TokenIssuer.ISSUER, Instant.now().minusSeconds(600)),
            service.issuer.token("smtp-gateway", "admin", TokenIssuer.ISSUER, soon),
            service.issuer.token("launcher", "mailbox-service", TokenIssuer.ISSUER, soon)}) {
            MailboxServiceClient client = service.client(token);
            refused(Reason.UNAUTHENTICATED, () -> client.directory().resolve(ResolveRequest.getDefaultInstance()));
        }
    }

    @Test
    void eachServiceMakesItsOwnCallsOnly() throws Exception {
        MailboxServiceClient imap = service.client(Caller.IMAP_GATEWAY);
        MailboxServiceClient smtp = service.client(Caller.SMTP_GATEWAY);
        refused(Reason.PERMISSION_DENIED, () -> imap.directory().resolve(ResolveRequest.getDefaultInstance()));
        refused(Reason.PERMISSION_DENIED, () -> smtp.delivery().deliver(DeliverRequest.newBuilder().addTo(DeliverTo.getDefaultInstance()).build()));
        assertEquals(0, smtp.directory().resolve(ResolveRequest.getDefaultInstance()).getResolutionsCount());
        refused(Reason.INVALID_ARGUMENT, () -> imap.directory().authenticate(attempt(Protocol.SUBMISSION, "secret")));
        refused(Reason.PERMISSION_DENIED, () -> service.client(Caller.IMAP_GATEWAY).mailboxes(session)
                .acquireMaildrop(AcquireMaildropRequest.newBuilder().setHolder("one").build()));
    }

    @Test
    void aSessionIsRenewedUntilThePasswordChanges() throws Exception {
        MailboxServiceClient imap = service.client(Caller.IMAP_GATEWAY);
        RenewRequest renew = RenewRequest.newBuilder().setSessionToken(session.getSessionToken()).build();
        assertTrue(imap.directory().renew(renew).hasSession());
        assertFalse(service.client(Caller.POP3_GATEWAY).directory().renew(renew).hasSession());
        service.directory.administration.changePassword("alice@example.test", "other");
        assertEquals(Refused.Reason.CREDENTIALS, imap.directory().renew(renew).getRefused().getReason());
    }

    /** RFC 5802: two calls, and between them nothing is remembered; the second may come to another pod. */
    @Test
    void scramOpensASessionWithoutThePassword() throws Exception {
        MailboxServiceClient imap = service.client(Caller.IMAP_GATEWAY);
        ScramClient client = new ScramClient("p=tls-exporter,,", "bound".getBytes(StandardCharsets.UTF_8), "alice@example.test", "secret");
        AuthenticateResponse asked = imap.directory().authenticate(scramFirst(client, "bound"));
        AuthenticateResponse ended = imap.directory().authenticate(scramFinal(asked, client));
        assertTrue(client.believes(ended.getServerFinal().toByteArray()));
        assertEquals(1, imap.mailboxes(ended.getSession()).tree(TreeRequest.getDefaultInstance()).getMailboxesCount());
        AuthenticateResponse elsewhere = imap.directory().authenticate(scramFirst(client, "another connection's"));
        AuthenticateResponse refused = imap.directory().authenticate(scramFinal(elsewhere, client));
        assertEquals(Refused.Reason.CREDENTIALS, refused.getRefused().getReason());
        assertTrue(refused.getServerFinal().isEmpty());
        refused(Reason.INVALID_ARGUMENT, () -> imap.directory().authenticate(
                AuthenticateRequest.newBuilder().setProtocol(Protocol.IMAP).setClientAddress("192.0.2.1").build()));
    }

    /** RFC 7628 §3.2.2: what a token must have is told with a refusal. */
    @Test
    void anAccessTokenOpensASession() throws Exception {
        MailboxServiceClient imap = service.client(Caller.IMAP_GATEWAY);
        AuthenticateResponse opened = imap.directory().authenticate(token(service.issuer.access(TokenIssuer.accessClaims("alice@example.test"))));
        assertEquals(1, imap.mailboxes(opened.getSession()).tree(TreeRequest.getDefaultInstance()).getMailboxesCount());
        Refused refused = imap.directory().authenticate(token("nonsense")).getRefused();
        assertEquals(Refused.Reason.CREDENTIALS, refused.getReason());
        assertEquals(TokenError.newBuilder().setStatus("invalid_token").setScope("mail.read mail.send").build(), refused.getTokenError());
    }

    private static AuthenticateRequest token(String token) {
        return AuthenticateRequest.newBuilder().setProtocol(Protocol.IMAP).setClientAddress("192.0.2.1")
                .setAccessToken(AccessToken.newBuilder().setToken(token)).build();
    }

    private static AuthenticateRequest scramFirst(ScramClient client, String bound) {
        return AuthenticateRequest.newBuilder().setProtocol(Protocol.IMAP).setClientAddress("192.0.2.1")
                .setScramFirst(ScramFirst.newBuilder().setPlus(true).setMessage(ByteString.copyFrom(client.first()))
                        .addChannelBindings(ChannelBinding.newBuilder().setType("tls-exporter").setData(ByteString.copyFromUtf8(bound)))).build();
    }

    private static AuthenticateRequest scramFinal(AuthenticateResponse asked, ScramClient client) {
        return AuthenticateRequest.newBuilder().setProtocol(Protocol.IMAP).setClientAddress("192.0.2.1")
                .setScramFinal(ScramFinal.newBuilder().setState(asked.getChallenge().getState())
                        .setMessage(ByteString.copyFrom(client.last(asked.getChallenge().getMessage().toByteArray())))).build();
    }

    @Test
    void theGatewaysHearWhetherTheDatabaseAnswers() throws Exception {
        for (Caller gateway : new Caller[] {Caller.SMTP_GATEWAY, Caller.IMAP_GATEWAY, Caller.POP3_GATEWAY}) {
            MailboxServiceClient client = service.client(gateway);
            assertEquals(List.of("PLAIN", "LOGIN"), client.directory().mechanisms(), "before it is asked");
            service.database.set(true);
            assertTrue(client.directory().ready());
            assertEquals(service.directory.logins.mechanisms(), client.directory().mechanisms());
            service.database.set(false);
            assertFalse(client.directory().ready());
        }
    }

    @Test
    void aWrongPasswordIsAValueAndCounted() throws Exception {
        MailboxServiceClient imap = service.client(Caller.IMAP_GATEWAY);
        AuthenticateResponse last = AuthenticateResponse.getDefaultInstance();
        for (int i = 0; i < 30; i++) {
            last = imap.directory().authenticate(attempt(Protocol.IMAP, "guess"));
        }
        assertEquals(Refused.Reason.RATE_LIMITED, last.getRefused().getReason());
        assertTrue(service.registry.get("mail.rate_limited").tag("protocol", "imap").counter().count() > 0);
        assertTrue(service.registry.get("mail.commands").tag("command", "Authenticate").tag("result", "ok").counter().count() >= 30);
    }

    /** SAFETY row 20: a flood of it keeps its own network out, and nobody else. */
    @Test
    void whatNobodyCanReadCountsForItsNetworkAlone() throws Exception {
        service.login(Caller.IMAP_GATEWAY, Protocol.IMAP);
        MailboxServiceClient imap = service.client(Caller.IMAP_GATEWAY);
        AuthenticateRequest flood = AuthenticateRequest.newBuilder().setProtocol(Protocol.IMAP).setClientAddress("198.51.100.7")
                .setUnreadable(Unreadable.getDefaultInstance()).build();
        assertEquals(Refused.Reason.CREDENTIALS, imap.directory().authenticate(flood).getRefused().getReason());
        AuthenticateResponse last = AuthenticateResponse.getDefaultInstance();
        for (int i = 0; i < 30; i++) {
            last = imap.directory().authenticate(flood);
        }
        assertEquals(Refused.Reason.RATE_LIMITED, last.getRefused().getReason());
        AuthenticateRequest right = attempt(Protocol.IMAP, "secret");
        assertEquals(Refused.Reason.RATE_LIMITED, imap.directory().authenticate(right.toBuilder().setClientAddress("198.51.100.7").build()).getRefused().getReason());
        assertTrue(imap.directory().authenticate(right.toBuilder().setClientAddress("198.51.101.7").build()).hasSession());
        assertTrue(service.registry.get("mail.rate_limited").tag("protocol", "imap").tag("scope", "client").counter().count() > 0);
    }

    /** SAFETY row 20: so does base64 that is no client-first-message of SCRAM. */
    @Test
    void whatIsNoMessageOfScramCountsForItsNetworkAlone() throws Exception {
        service.login(Caller.IMAP_GATEWAY, Protocol.IMAP);
        DirectoryClient imap = service.client(Caller.IMAP_GATEWAY).directory();
        AuthenticateRequest flood = AuthenticateRequest.newBuilder().setProtocol(Protocol.IMAP).setClientAddress("198.51.100.7")
                .setScramFirst(ScramFirst.newBuilder().setMessage(ByteString.copyFromUtf8("n,,n=alice@example.test"))).build();
        assertEquals(Refused.Reason.CREDENTIALS, imap.authenticate(flood).getRefused().getReason());
        AuthenticateResponse last = AuthenticateResponse.getDefaultInstance();
        for (int i = 0; i < 30; i++) {
            last = imap.authenticate(flood);
        }
        assertEquals(Refused.Reason.RATE_LIMITED, last.getRefused().getReason());
        AuthenticateRequest right = attempt(Protocol.IMAP, "secret");
        assertTrue(imap.authenticate(right.toBuilder().setClientAddress("198.51.101.7").build()).hasSession());
    }

    /** Such a client is refused (RFC 5802 §6), and guesses nothing. */
    @Test
    void whoSaysThatNoBindingWasOfferedIsNotCountedAsOneWhoGuesses() throws Exception {
        DirectoryClient imap = service.client(Caller.IMAP_GATEWAY).directory();
        AuthenticateRequest unheard = AuthenticateRequest.newBuilder().setProtocol(Protocol.IMAP).setClientAddress("198.51.100.7")
                .setScramFirst(ScramFirst.newBuilder().setMessage(ByteString.copyFromUtf8("y,,n=alice@example.test,r=nonce"))
                        .addChannelBindings(ChannelBinding.newBuilder().setType("tls-exporter").setData(ByteString.copyFromUtf8("bound")))).build();
        for (int i = 0; i < 31; i++) {
            assertEquals(Refused.Reason.CREDENTIALS, imap.authenticate(unheard).getRefused().getReason());
        }
    }

    @Test
    void aMaildropHasOneHolderAndItsTokenIsInTheMailbox() throws Exception {
        MailboxesClient pop = service.client(Caller.POP3_GATEWAY).mailboxes(service.login(Caller.POP3_GATEWAY, Protocol.POP3));
        MaildropLease lease = pop.acquireMaildrop(AcquireMaildropRequest.newBuilder().setHolder("one").build());
        assertEquals(lease.getFencingToken(), service.mailboxes.handedOut.get());
        refused(Reason.ALREADY_EXISTS, () -> pop.acquireMaildrop(AcquireMaildropRequest.newBuilder().setHolder("two").build()));
        pop.renewMaildrop(RenewMaildropRequest.newBuilder().setHolder("one").setFencingToken(lease.getFencingToken()).build());
        pop.releaseMaildrop(ReleaseMaildropRequest.newBuilder().setHolder("one").setFencingToken(lease.getFencingToken()).build());
        refused(Reason.ABORTED, () -> pop.renewMaildrop(
                RenewMaildropRequest.newBuilder().setHolder("one").setFencingToken(lease.getFencingToken()).build()));
        assertTrue(pop.acquireMaildrop(AcquireMaildropRequest.newBuilder().setHolder("two").build()).getFencingToken() > lease.getFencingToken());
    }

    @Test
    void aSessionThatEndedHoldsNoMaildrop() throws Exception {
        MailboxesClient old = service.client(Caller.POP3_GATEWAY).mailboxes(service.login(Caller.POP3_GATEWAY, Protocol.POP3));
        MaildropLease lease = old.acquireMaildrop(AcquireMaildropRequest.newBuilder().setHolder("one").build());
        Session second = service.login(Caller.POP3_GATEWAY, Protocol.POP3);
        refused(Reason.ALREADY_EXISTS, () -> service.client(Caller.POP3_GATEWAY).mailboxes(second)
                .acquireMaildrop(AcquireMaildropRequest.newBuilder().setHolder("two").build()));
        service.directory.administration.changePassword("alice@example.test", "other");
        AuthenticateResponse again = service.client(Caller.POP3_GATEWAY).directory().authenticate(attempt(Protocol.POP3, "other"));
        MailboxesClient fresh = service.client(Caller.POP3_GATEWAY).mailboxes(again.getSession());
        assertTrue(fresh.acquireMaildrop(AcquireMaildropRequest.newBuilder().setHolder("two").build()).getFencingToken() > lease.getFencingToken());
        refused(Reason.UNAUTHENTICATED, () -> old.renewMaildrop(
                RenewMaildropRequest.newBuilder().setHolder("one").setFencingToken(lease.getFencingToken()).build()));
    }

    @Test
    void everyFailureHasItsStatusAndTellsNothingOfTheInside() throws Exception {
        MailboxesClient mail = service.client(Caller.IMAP_GATEWAY).mailboxes(session);
        refused(Reason.NOT_FOUND, () -> mail.open(OpenRequest.getDefaultInstance()).hasNext());
        refused(Reason.ALREADY_EXISTS, () -> mail.create(CreateRequest.getDefaultInstance()));
        refused(Reason.INVALID_ARGUMENT, () -> mail.delete(DeleteRequest.getDefaultInstance()));
        refused(Reason.RESOURCE_EXHAUSTED, () -> mail.store(StoreRequest.getDefaultInstance()));
        refused(Reason.FAILED_PRECONDITION, () -> mail.copy(CopyRequest.getDefaultInstance()));
        refused(Reason.ABORTED, () -> mail.expunge(ExpungeRequest.getDefaultInstance()));
        refused(Reason.INVALID_ARGUMENT, () -> mail.status(StatusRequest.newBuilder().addMailboxId(session.getAccountId().substring(1)).build()));
        MailboxServiceException bug = refused(Reason.INTERNAL, () -> mail.changes(ChangesRequest.getDefaultInstance()).hasNext());
        assertFalse(bug.getMessage().contains("secret"));
        refused(Reason.INTERNAL, () -> mail.poll(ChangesRequest.getDefaultInstance()));
        MailboxServiceException down = refused(Reason.UNAVAILABLE, () -> mail.summaries(SummariesRequest.getDefaultInstance()).hasNext());
        assertFalse(down.getMessage().contains("10.0.0.7"));
    }

    private static AuthenticateRequest attempt(Protocol protocol, String password) {
        return AuthenticateRequest.newBuilder().setProtocol(protocol).setClientAddress("192.0.2.1")
                .setPassword(PasswordCredentials.newBuilder().setAuthenticationId("alice@example.test").setPassword(password)).build();
    }

    private static MailboxServiceException refused(Reason reason, Executable call) {
        MailboxServiceException failure = assertThrows(MailboxServiceException.class, call);
        assertEquals(reason, failure.reason(), failure.getMessage());
        return failure;
    }
}
