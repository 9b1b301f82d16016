package org.postel.mailbox.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.core.Response;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.authority.Authority;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.directory.DirectoryFixture;
import org.postel.mailbox.directory.DirectoryInMemory;

/** Lists that grow are given in parts, none of which is missing or given twice. */
class PartsTest {

    private static final Acting ALL = new Acting(Authority.operator("launcher"));

    private final DirectoryFixture directory = new DirectoryFixture(new DirectoryInMemory(), Optional.empty());
    private final AccountsResource accounts = new AccountsResource(directory.administration, directory.grace, ZoneOffset.UTC);

    @Test
    void partsMakeTheWhole() throws DirectoryException {
        TreeSet<String> all = new TreeSet<>();
        for (String domain : List.of("b.test", "a.test")) {
            for (int i = 0; i < 7; i++) {
                all.add(directory.administration.addAccount("user" + i + "+x@" + domain, "secret").address());
                directory.administration.addAlias("alias" + i + "@" + domain, List.of("user0+x@" + domain));
            }
        }
        for (int limit : List.of(1, 3, 7, 14, 100)) {
            List<String> found = new ArrayList<>();
            String after = null;
            do {
                Response part = accounts.list(ALL, null, after, limit);
                List<String> addresses = ((List<?>) part.getEntity()).stream().map(view -> ((AccountView) view).address()).toList();
                assertTrue(addresses.size() <= limit);
                found.addAll(addresses);
                after = addresses.isEmpty() ? null : addresses.getLast();
                assertEquals(after != null && addresses.size() == limit, part.getHeaderString("Link") != null);
                if (part.getHeaderString("Link") == null) {
                    after = null;
                }
            } while (after != null);
            assertEquals(14, found.size());
            assertEquals(all, new TreeSet<>(found));
        }
    }

    @Test
    void theNextPartIsLinked() throws DirectoryException {
        directory.administration.addAccount("a+b@example.test", "secret");
        directory.administration.addAccount("c@example.test", "secret");
        assertEquals("</api/v1/accounts?after=a%2Bb%40example.test&domain=example.test&limit=1>; rel=\"next\"",
                accounts.list(ALL, "example.test", null, 1).getHeaderString("Link"));
        assertNull(accounts.list(ALL, "example.test", "c@example.test", 1).getHeaderString("Link"));
    }

    @Test
    void nonsenseIsRefused() {
        for (int limit : new int[] {-1, 0, 1_001}) {
            assertEquals(Fault.INVALID, assertThrows(DirectoryException.class, () -> accounts.list(ALL, null, null, limit)).fault());
        }
        assertEquals(Fault.INVALID, assertThrows(DirectoryException.class, () -> accounts.list(ALL, null, "x", 1)).fault());
    }

    @Test
    void anAliasLeadsElsewhereAtOnce() throws DirectoryException {
        directory.administration.addAccount("a@example.test", "secret");
        directory.administration.addAccount("b@example.test", "secret");
        directory.administration.addAlias("info@example.test", List.of("a@example.test"));
        AliasesResource aliases = new AliasesResource(directory.administration);
        String seen = aliases.one("info@example.test").getHeaderString("ETag");
        Response changed = aliases.change("info@example.test", seen, new AliasesResource.Targets(List.of("b@example.test", "x@example.org")));
        assertEquals(new AliasesResource.AliasView("info@example.test", List.of("b@example.test", "x@example.org")), changed.getEntity());
        assertEquals(Fault.CHANGED, assertThrows(DirectoryException.class,
                () -> aliases.change("info@example.test", seen, new AliasesResource.Targets(List.of("a@example.test")))).fault());
        assertEquals(changed.getHeaderString("ETag"), aliases.one("info@example.test").getHeaderString("ETag"));
        assertEquals(List.of(), List.copyOf(directory.administration.account("a@example.test").aliases()));
        assertEquals(List.of("info@example.test"), List.copyOf(directory.administration.account("b@example.test").aliases()));
        assertEquals(Fault.MISSING, assertThrows(DirectoryException.class,
                () -> aliases.change("a@example.test", null, new AliasesResource.Targets(List.of("b@example.test")))).fault());
        assertEquals(Fault.INVALID, assertThrows(DirectoryException.class,
                () -> aliases.change("info@example.test", null, new AliasesResource.Targets(List.of("nonsense")))).fault());
    }
}
