package org.postel.mailbox.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.identity.AccessTokens;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.identity.TokenIssuer;
import org.postel.mailbox.password.FailureLimit;
import org.postel.mailbox.password.FailureLimitSettings;

class TokenLoginsTest {

    private static final String HERE = "192.0.2.1";
    private static final TokenLogins.Ended INVALID = new TokenLogins.Ended(new Outcome.Wrong(), "invalid_token");

    @TempDir
    Path folder;

    private final DirectoryInMemory store = new DirectoryInMemory();
    private final DirectoryFixture directory = new DirectoryFixture(store, Optional.empty());
    private final TokenIssuer issuer = new TokenIssuer("one");
    private TokenLogins logins;
    private Account alice;

    @BeforeEach
    void addAlice() throws Exception {
        alice = directory.administration.addAccount("alice@example.test", "secret");
        directory.administration.addAlias("info@example.test", List.of("alice@example.test"));
        FailureLimitSettings limit = new FailureLimitSettings(5, Duration.ofMinutes(1));
        logins = new TokenLogins(directory.addresses,
                new AccessTokens(TokenIssuer.oauth(issuer.writeJwks(folder).toString(), "email"), Clock.systemUTC()),
                new LoginLimits(new FailureLimit(limit, System::nanoTime), new FailureLimit(limit, System::nanoTime), (scope, memory) -> List.of()));
    }

    @Test
    void theTokenOpensTheAccountThatItNames() {
        assertEquals(alice.id(), granted("", "alice@example.test"));
        assertEquals(alice.id(), granted("alice@example.test", "Alice@Example.test"));
    }

    @Test
    void nobodyActsForAnother() throws Exception {
        directory.administration.addAccount("bob@example.test", "hidden");
        assertEquals(INVALID, login("bob@example.test", issuer.access(TokenIssuer.accessClaims("alice@example.test"))));
    }

    /** An issuer may give an alias, or an address with a detail, to somebody else. */
    @Test
    void onlyTheVeryAddressOpensTheAccount() {
        for (String named : new String[] {"info@example.test", "alice+shop@example.test", "nobody@example.test", "alice", ""}) {
            assertEquals(INVALID, login("", issuer.access(TokenIssuer.accessClaims(named))), named);
        }
    }

    @Test
    void whatIsWrongWithATokenIsSaid() {
        var claims = TokenIssuer.accessClaims("alice@example.test");
        claims.put("scope", "mail.read");
        assertEquals(new TokenLogins.Ended(new Outcome.Wrong(), "insufficient_scope"), login("", issuer.access(claims)));
        assertEquals(INVALID, login("", "nonsense"));
    }

    @Test
    void aProtocolCanBeSwitchedOff() {
        store.changeSettings(alice.id(), alice.settings(), alice.settings().with(SessionProtocol.IMAP, false));
        assertEquals(new Outcome.Disabled(), login("", issuer.access(TokenIssuer.accessClaims("alice@example.test"))).outcome());
    }

    /** SAFETY row 20: against the client, for nobody else can be told from a bad token; asking what would do is free. */
    @Test
    void badTokensCountAgainstTheClientOnly() {
        for (int i = 0; i < 20; i++) {
            assertEquals(INVALID, login("alice@example.test", ""));
        }
        for (int i = 0; i < 5; i++) {
            assertEquals(INVALID, login("alice@example.test", "nonsense"));
        }
        assertEquals(new Outcome.Limited(Outcome.Scope.CLIENT), login("", issuer.access(TokenIssuer.accessClaims("alice@example.test"))).outcome());
        assertInstanceOf(Outcome.Granted.class, logins.login(SessionProtocol.IMAP, "", issuer.access(TokenIssuer.accessClaims("alice@example.test")),
                "198.51.100.1").outcome());
    }

    private UUID granted(String user, String named) {
        return assertInstanceOf(Outcome.Granted.class, login(user, issuer.access(TokenIssuer.accessClaims(named))).outcome()).account().id();
    }

    private TokenLogins.Ended login(String user, String token) {
        return logins.login(SessionProtocol.IMAP, user, token, HERE);
    }
}
