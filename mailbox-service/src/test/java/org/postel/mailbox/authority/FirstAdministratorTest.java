package org.postel.mailbox.authority;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.mailbox.directory.Authentication.Credentials;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.identity.SessionProtocol;

class FirstAdministratorTest {

    private static final String ADDRESS = "admin@example.test";

    @TempDir
    Path folder;
    private final AuthorityFixture fixture = new AuthorityFixture(Duration.ZERO, Clock.systemUTC());

    @Test
    void itIsMadeOnceAndItsPasswordIsNeverReset() throws Exception {
        make("first\n");
        assertEquals(Optional.of(Role.GLOBAL), fixture.administrators.role(id()));
        assertInstanceOf(Outcome.Granted.class, login("first"));
        fixture.directory.administration.changePassword(ADDRESS, "changed");
        make("first\n");
        assertInstanceOf(Outcome.Granted.class, login("changed"));
        assertInstanceOf(Outcome.Wrong.class, login("first"));
    }

    /** A role that was taken away while others administer stays away; where a start was cut off it is given. */
    @Test
    void anAccountThatIsThereGetsTheRoleOnlyWhereNobodyHasIt() throws Exception {
        fixture.directory.administration.addAccount(ADDRESS, "own");
        make("first\n");
        assertEquals(Optional.of(Role.GLOBAL), fixture.administrators.role(id()));
        assertInstanceOf(Outcome.Granted.class, login("own"));
        fixture.administrator("second@example.test", Role.GLOBAL);
        fixture.administrators.appoint(id(), Optional.empty());
        make("first\n");
        assertEquals(Optional.empty(), fixture.administrators.role(id()));
    }

    @Test
    void withoutAPasswordThereIsNone() {
        assertThrows(IOException.class, () -> make("\n"));
        assertThrows(IOException.class, () -> make(""));
        assertThrows(DirectoryException.class, this::id);
    }

    private void make(String secret) throws DirectoryException, IOException {
        new FirstAdministrator(ADDRESS, Files.writeString(folder.resolve("password"), secret)).make(fixture.directory.administration, fixture.administrators);
    }

    private UUID id() throws DirectoryException {
        return fixture.directory.administration.account(ADDRESS).id();
    }

    private Outcome login(String password) {
        return fixture.directory.authentication.authenticate(SessionProtocol.IMAP, new Credentials("", ADDRESS, password, "192.0.2.1"));
    }
}
