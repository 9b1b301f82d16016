package org.postel.mailbox.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.dkim.DkimKeys;
import org.postel.mailbox.dkim.DomainKey;
import org.postel.mailbox.dkim.KeyRotation;
import org.postel.mailbox.dkim.Keyring;

/** {@code /api/v1/domains/D/dkim}: the keys that sign for a domain. Their private halves are shown to nobody. */
@Path("/api/v1/domains/{domain}/dkim")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Domains", description = "The domains whose mail is ours.")
@SecurityRequirement(name = OperatorFilter.SECURITY)
public class DkimResource {

    private final DkimKeys keys;
    private final KeyRotation rotation;

    @Inject
    public DkimResource(DkimKeys keys, KeyRotation rotation) {
        this.keys = keys;
        this.rotation = rotation;
    }

    /** A key as JSON: state is waiting, signing or retired; signsFrom is null while it waits. */
    public record KeyView(String selector, String algorithm, String state, String createdAt, String signsFrom, String name, String record) {}

    /** How to change keys. */
    public record Wish(boolean now) {}

    @GET
    @Operation(summary = "Lists the keys that sign for a domain", description = "Their public halves. Needs domains:read.")
    @Needs(value = Scope.DOMAINS_READ, over = Reach.PATH)
    public List<KeyView> list(@PathParam("domain") String domain) throws DirectoryException {
        return views(keys.of(Domains.canonical(domain)).orElseThrow(Domains::missing));
    }

    /** New keys, or those that wait already; {@code now} lets them sign at once. */
    @POST
    @Path("rotate")
    @Operation(summary = "Changes the keys of a domain", description = "Those that wait already, or new ones; now lets them sign at once. Needs domains:write.")
    @Needs(value = Scope.DOMAINS_WRITE, over = Reach.PATH, act = "dkim.rotate")
    public List<KeyView> rotate(@PathParam("domain") String domain, Wish wish) throws DirectoryException {
        return views(rotation.rotate(Domains.canonical(domain), wish != null && wish.now()).orElseThrow(Domains::missing));
    }

    /** Forgets a key that does not sign. */
    @DELETE
    @Path("{selector}")
    @Operation(summary = "Forgets a key", description = "One that does not sign. Needs domains:write.")
    @Needs(value = Scope.DOMAINS_WRITE, over = Reach.PATH, act = "dkim.remove")
    public void remove(@PathParam("domain") String domain, @PathParam("selector") String selector) throws DirectoryException {
        if (!rotation.remove(Domains.canonical(domain), selector)) {
            throw new DirectoryException(DirectoryException.Fault.MISSING, "no such key that does not sign");
        }
    }

    private static List<KeyView> views(Keyring ring) {
        Instant now = Clock.systemUTC().instant();
        return ring.keys().stream().map(key -> view(key, ring.state(key, now))).toList();
    }

    private static KeyView view(DomainKey key, Keyring.State state) {
        return new KeyView(key.selector(), key.algorithm().tag(), state.name().toLowerCase(Locale.ROOT), key.createdAt().toString(),
                key.signsFrom().map(Instant::toString).orElse(null), key.recordName(), key.record());
    }
}
