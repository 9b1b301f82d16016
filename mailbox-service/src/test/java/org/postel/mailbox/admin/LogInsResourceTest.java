package org.postel.mailbox.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.AppPasswords;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryFixture;
import org.postel.mailbox.directory.DirectoryInMemory;
import org.postel.mailbox.identity.AccountSession;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.seen.SeenInMemory;
import org.postel.mailbox.seen.SeenLogin;
import org.postel.mailbox.seen.SeenLogins;
import org.postel.mailbox.seen.Service;

class LogInsResourceTest {

    private static final String ALICE = "alice@example.test";
    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

    private final DirectoryFixture directory = new DirectoryFixture(new DirectoryInMemory(), Optional.empty());
    private final SeenLogins seen = new SeenLogins(new SeenInMemory(), directory.addresses::loggingIn, Clock.fixed(NOON, ZoneOffset.UTC));
    private final LogInsResource resource = new LogInsResource(directory.administration, directory.apps, seen);

    @Test
    void logInsAndSessionsAreToldWithTheNamesOfAppPasswords() throws DirectoryException {
        Account alice = directory.administration.addAccount(ALICE, "secret");
        AppPasswords.Made phone = directory.apps.add(alice.id(), "my phone", EnumSet.allOf(SessionProtocol.class));
        Optional<String> app = Optional.of(phone.password().id());
        seen.login(new SeenLogins.Attempt(Optional.empty(), ALICE, Service.IMAP, "password", "192.0.2.1", "", app, SeenLogin.Result.GRANTED));
        seen.login(new SeenLogins.Attempt(Optional.empty(), ALICE, Service.POP3, "password", "192.0.2.2", "", Optional.empty(), SeenLogin.Result.SWITCHED_OFF));
        seen.used(new AccountSession(alice.id(), SessionProtocol.IMAP, 1, app,
                Optional.of(new AccountSession.Origin("s1", "192.0.2.1", NOON.minusSeconds(60)))));
        seen.start();
        seen.close();
        LogInsResource.LogInsView told = resource.all(ALICE);
        assertEquals(List.of("granted my phone 192.0.2.1 imap", "switched-off null 192.0.2.2 pop3"), told.logIns().stream()
                .map(login -> login.result() + " " + login.appPassword() + " " + login.address() + " " + login.protocol()).sorted().toList());
        assertEquals(List.of(new LogInsResource.SessionView("2026-07-01T11:59:00Z", "2026-07-01T12:00:00Z", "imap", "192.0.2.1", "my phone")), told.sessions());
        directory.apps.remove(alice.id(), phone.password().id());
        assertEquals(phone.password().id(), resource.all(ALICE).sessions().getFirst().appPassword());
    }

    @Test
    void whoIsNotThereIsMissing() {
        assertThrows(DirectoryException.class, () -> resource.all("bob@example.test"));
    }
}
