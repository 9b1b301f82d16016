package org.postel.mailbox.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mailbox.admin.DomainsResource.DomainView;
import org.postel.mailbox.authority.Authority;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.directory.DirectoryFixture;
import org.postel.mailbox.directory.DirectoryInMemory;

/** One domain, and what of it is changed over HTTP. */
class DomainsResourceTest {

    private static final String DOMAIN = "example.test";

    private final DirectoryFixture directory = new DirectoryFixture(new DirectoryInMemory(), Optional.empty());
    private final DomainsResource domains = new DomainsResource(directory.administration, null);

    @BeforeEach
    void addDomain() throws DirectoryException {
        directory.administration.addDomain(DOMAIN);
    }

    @Test
    void sendingLimitsAreMergedAndTakenAway() throws DirectoryException {
        assertEquals(new DomainView(DOMAIN, null, new SendingView(null, null, null, null)), domains.one("Example.test").getEntity());
        String seen = tag();
        assertEquals(new SendingView(100, null, null, 0), patch("{\"sending\":{\"messagesPerHour\":100,\"recipientsPerDay\":0}}").sending());
        assertNotEquals(seen, tag());
        assertEquals(new SendingView(100, 500, 1000, null), patch("{\"sending\":{\"recipientsPerHour\":500,\"messagesPerDay\":1000,\"recipientsPerDay\":null}}").sending());
        assertEquals(List.of(new DomainView(DOMAIN, null, new SendingView(100, 500, 1000, null))),
                domains.list(new Acting(Authority.operator("launcher")), null, 100).getEntity());
        assertEquals(new SendingView(null, null, null, null), patch("{\"sending\":null}").sending());
    }

    /** Whoever saw an older state changes nothing. */
    @Test
    void aChangeOfAnotherStateIsRefused() throws DirectoryException {
        String seen = tag();
        domains.patch(DOMAIN, seen, "{\"sending\":{\"messagesPerDay\":5}}");
        assertEquals(Fault.CHANGED, assertThrows(DirectoryException.class, () -> domains.patch(DOMAIN, seen, "{\"sending\":{\"messagesPerDay\":6}}")).fault());
        domains.patch(DOMAIN, tag(), "{\"sending\":{\"messagesPerHour\":6}}");
        assertEquals(new SendingView(6, null, 5, null), view(domains.one(DOMAIN)).sending());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"name\":\"example.org\"}", "{\"postmaster\":\"x@example.test\"}", "{\"sending\":{\"messagesPerHour\":-1}}",
        "{\"sending\":{\"messagesPerDay\":\"1\"}}", "{\"sending\":{\"recipientsPerDay\":4294967296}}", "{\"sending\":{\"day\":1}}", "{\"sending\":1}"})
    void nonsenseIsRefusedAndChangesNothing(String body) throws DirectoryException {
        String before = tag();
        assertEquals(Fault.INVALID, assertThrows(DirectoryException.class, () -> domains.patch(DOMAIN, null, body)).fault());
        assertEquals(before, tag());
    }

    @Test
    void whatIsNotThereIsNotChanged() {
        assertEquals(Fault.MISSING, assertThrows(DirectoryException.class, () -> domains.one("example.org")).fault());
        assertEquals(Fault.MISSING, assertThrows(DirectoryException.class, () -> domains.patch("example.org", null, "{\"sending\":null}")).fault());
        assertEquals(Fault.INVALID, assertThrows(DirectoryException.class, () -> domains.one("a b")).fault());
    }

    private DomainView patch(String body) throws DirectoryException {
        return view(domains.patch(DOMAIN, null, body));
    }

    private String tag() throws DirectoryException {
        return domains.one(DOMAIN).getHeaderString("ETag");
    }

    private static DomainView view(Response response) {
        return (DomainView) response.getEntity();
    }
}
