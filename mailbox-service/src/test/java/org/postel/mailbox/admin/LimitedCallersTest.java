package org.postel.mailbox.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.core.Response;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.audit.Act;
import org.postel.mailbox.audit.AuditInMemory;
import org.postel.mailbox.authority.Authority;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.desk.QueueView.Entry;
import org.postel.mailbox.desk.QueuedMail;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryFixture;
import org.postel.mailbox.directory.DirectoryInMemory;
import org.postel.queue.v1.TraceEvent;

/** Who administers some domains sees and changes these only, where no path says what a request is about. */
class LimitedCallersTest {

    private static final Acting ALL = new Acting(Authority.operator("launcher"));
    private static final Acting ORG = limited("example.org", "gone.test");

    private final DirectoryFixture directory = new DirectoryFixture(new DirectoryInMemory(), Optional.empty());
    private final AccountsResource accounts = new AccountsResource(directory.administration, directory.grace, ZoneOffset.UTC);
    private final AliasesResource aliases = new AliasesResource(directory.administration);

    private static Acting limited(String... domains) {
        return new Acting(new Authority("ann", Optional.empty(), EnumSet.allOf(Scope.class), Optional.of(Set.of(domains))));
    }

    @BeforeEach
    void addAccounts() throws DirectoryException {
        directory.administration.addAccount("alice@example.test", "secret");
        directory.administration.addAccount("bob@example.org", "secret");
        directory.administration.addAlias("info@example.test", List.of("alice@example.test"));
        directory.administration.addAlias("info@example.org", List.of("bob@example.org"));
    }

    @Test
    void listsAreOfOwnDomains() throws DirectoryException {
        assertEquals(List.of("bob@example.org", "alice@example.test"), accounts(ALL, null, null, 100));
        assertEquals(List.of("bob@example.org"), accounts(ORG, null, null, 100));
        assertEquals(List.of(), accounts(ORG, "example.test", null, 100));
        assertEquals(List.of("bob@example.org"), accounts(ORG, "EXAMPLE.org", null, 100));
        assertEquals(List.of(), accounts(ORG, null, "aaa@example.test", 100));
        assertEquals(List.of("info@example.org"), items(aliases.list(ORG, null, null, 100), AliasesResource.AliasView.class, AliasesResource.AliasView::address));
        assertEquals(List.of(), items(aliases.list(ORG, "example.test", null, 100), AliasesResource.AliasView.class, AliasesResource.AliasView::address));
        assertEquals(List.of("example.org"), items(new DomainsResource(directory.administration, null).list(ORG, null, 100),
                DomainsResource.DomainView.class, DomainsResource.DomainView::name));
    }

    @Test
    void deletedAccountsAreOfOwnDomains() throws DirectoryException {
        accounts.remove("alice@example.test", false);
        accounts.remove("bob@example.org", false);
        DeletedAccountsResource deleted = new DeletedAccountsResource(directory.grace);
        assertEquals(List.of("bob@example.org"), deleted.list(ORG).stream().map(DeletedAccountsResource.DeletedView::address).toList());
        assertEquals(2, deleted.list(ALL).size());
        assertEquals("deleted", ((AccountView) accounts.one("bob@example.org").getEntity()).status());
        assertEquals(Fault.IN_USE, assertThrows(DirectoryException.class, () -> accounts.patch("bob@example.org", null, "{\"status\":\"active\"}")).fault());
        accounts.restore("bob@example.org");
        accounts.remove("bob@example.org", true);
        assertEquals(1, deleted.list(ALL).size());
    }

    private List<String> accounts(Acting caller, String domain, String after, int limit) throws DirectoryException {
        return items(accounts.list(caller, domain, after, limit), AccountView.class, AccountView::address);
    }

    private static <T> List<String> items(Response response, Class<T> type, Function<T, String> name) {
        return ((List<?>) response.getEntity()).stream().map(type::cast).map(name).toList();
    }

    @Test
    void addressesAreMadeInOwnDomainsThatAreThere() throws DirectoryException {
        accounts.add(ORG, new AccountsResource.NewAccount("carol@example.org", "secret", null));
        aliases.add(ORG, new AliasesResource.AliasView("sales@example.org", List.of("carol@example.org")));
        for (String address : List.of("carol@example.test", "carol@gone.test", "carol@new.test", "@example.test")) {
            assertEquals(Fault.FORBIDDEN, assertThrows(DirectoryException.class,
                    () -> accounts.add(ORG, new AccountsResource.NewAccount(address, "secret", null))).fault());
            assertEquals(Fault.FORBIDDEN, assertThrows(DirectoryException.class,
                    () -> aliases.add(ORG, new AliasesResource.AliasView(address, List.of("bob@example.org")))).fault());
        }
        assertEquals(2, directory.administration.domains().size());
        accounts.add(ALL, new AccountsResource.NewAccount("carol@new.test", "secret", null));
    }

    @Test
    void ofTheAuditLogOwnDomainsAreShown() throws Exception {
        AuditInMemory log = new AuditInMemory();
        Stream.of("bob@example.org", "bob@example.org 1", "example.org", "example.org selector", "", "example.test", "alice@example.test", "bob", "@example.test")
                .forEach(on -> log.begin(new Act("launcher", "", "x", on, "")));
        AuditResource audit = new AuditResource(log);
        assertEquals(List.of("example.org selector", "example.org", "bob@example.org 1", "bob@example.org"),
                audit.list(ORG, null, null, 100).entries().stream().map(AuditResource.EntryView::on).toList());
        assertEquals(9, audit.list(ALL, null, null, 100).entries().size());
        AuditResource.Page first = audit.list(ALL, null, null, 5);
        assertEquals(4, audit.list(ALL, null, first.next(), 5).entries().size());
        assertEquals(Fault.INVALID, assertThrows(DirectoryException.class, () -> audit.list(ALL, "monday", null, 5)).fault());
        assertEquals(Fault.INVALID, assertThrows(DirectoryException.class, () -> audit.list(ALL, null, "x", 5)).fault());
    }

    @Test
    void queuedMailIsSeenByWhoAdministersOneOfItsAddresses() {
        assertTrue(QueuedMail.reaches(ORG.authority(), "bob@example.org", List.of("x@other.test")));
        assertTrue(QueuedMail.reaches(ORG.authority(), "", List.of("x@other.test", "bob@example.org")));
        assertFalse(QueuedMail.reaches(ORG.authority(), "alice@example.test", List.of("x@other.test")));
        assertFalse(QueuedMail.reaches(ORG.authority(), "", List.of()));
        assertTrue(QueuedMail.reaches(ALL.authority(), "", List.of()));
    }

    /** They may be blind copies. */
    @Test
    void recipientsOfOthersAreNotShown() {
        assertEquals(List.of("bob@example.org"), QueuedMail.seen(ORG.authority(), entry("x@other.test", "bob@example.org", "alice@example.test")).recipients());
        Entry sent = entry("bob@example.org", "x@other.test");
        assertEquals(sent, QueuedMail.seen(ORG.authority(), sent));
        Entry foreign = entry("x@other.test", "alice@example.test");
        assertEquals(foreign, QueuedMail.seen(ALL.authority(), foreign));
    }

    @Test
    void ordersAreGivenAboutMailThatIsOnesOwn() {
        assertTrue(QueuedMail.owns(ORG.authority(), List.of(entry("bob@example.org", "x@other.test"), entry("bob@example.org", "y@other.test"))));
        assertTrue(QueuedMail.owns(ORG.authority(), List.of(entry("x@other.test", "bob@example.org"))));
        assertFalse(QueuedMail.owns(ORG.authority(), List.of(entry("x@other.test", "bob@example.org"), entry("x@other.test", "alice@example.test"))));
        assertFalse(QueuedMail.owns(ORG.authority(), List.of(entry("x@other.test"))));
        assertFalse(QueuedMail.owns(ORG.authority(), List.of()));
    }

    @Test
    void ofATraceOnlyOwnStepsAreShown() {
        TraceEvent accepted = step("accepted", "x@other.test", "");
        TraceEvent toBob = step("delivered", "", "bob@example.org");
        TraceEvent toAlice = step("delivered", "", "alice@example.test");
        assertEquals(List.of(accepted, toBob), QueuedMail.seen(ORG.authority(), List.of(accepted, toBob, toAlice)));
        assertEquals(List.of(), QueuedMail.seen(ORG.authority(), List.of(accepted, toAlice)));
        TraceEvent fromBob = step("accepted", "bob@example.org", "");
        assertEquals(List.of(fromBob, toAlice), QueuedMail.seen(ORG.authority(), List.of(fromBob, toAlice)));
        assertEquals(List.of(accepted, toAlice), QueuedMail.seen(ALL.authority(), List.of(accepted, toAlice)));
    }

    private static TraceEvent step(String step, String sender, String recipient) {
        return TraceEvent.newBuilder().setStep(step).setSender(sender).setRecipient(recipient).build();
    }

    private static Entry entry(String sender, String... recipients) {
        return new Entry("id", "held", List.of(recipients), sender, 1, 0, "", null, "");
    }
}
