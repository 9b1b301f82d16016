package org.postel.mailbox.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.zone.Finding;
import org.postel.mailbox.zone.ZoneCheck;
import org.postel.mailbox.zone.ZoneRecord;
import org.postel.mailbox.zone.Zones;

/** {@code /api/v1/domains/D/dns}: what a domain publishes, and whether it does. */
@Path("/api/v1/domains/{domain}/dns")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Domains", description = "The domains whose mail is ours.")
@SecurityRequirement(name = OperatorFilter.SECURITY)
public class DnsResource {

    private final Zones zones;
    private final ZoneCheck check;

    @Inject
    public DnsResource(Zones zones, ZoneCheck check) {
        this.zones = zones;
        this.check = check;
    }

    /**
     * A record as JSON.
     *
     * @param value of a TXT its whole text
     * @param line  of a zone file
     * @param state ok, missing, different, unexpected or no_answer; null when DNS was not asked
     * @param found what stands there instead
     */
    public record RecordView(String name, String type, String value, String line, String state, List<String> found) {}

    /** The records, and what is to be said besides. */
    public record ZoneView(List<RecordView> records, List<String> notes) {}

    /** @param check whether DNS is asked, which may take some seconds */
    @GET
    @Operation(summary = "Lists the records that a domain publishes", description = "With check DNS is asked whether it does, which may take some seconds. Needs domains:read.")
    @Needs(value = Scope.DOMAINS_READ, over = Reach.PATH)
    public ZoneView zone(@PathParam("domain") String domain, @QueryParam("check") @DefaultValue("false") boolean check) throws DirectoryException {
        String name = Domains.canonical(domain);
        List<ZoneRecord> records = zones.of(name).orElseThrow(Domains::missing);
        List<RecordView> views = check
                ? this.check.check(records).stream().map(DnsResource::view).toList()
                : records.stream().map(record -> view(record, null, List.of())).toList();
        return new ZoneView(views, zones.notes(name));
    }

    private static RecordView view(Finding finding) {
        return view(finding.record(), finding.state().name().toLowerCase(Locale.ROOT), finding.found());
    }

    private static RecordView view(ZoneRecord record, String state, List<String> found) {
        return new RecordView(record.name(), record.type(), record.value(), record.line(), state, found);
    }
}
