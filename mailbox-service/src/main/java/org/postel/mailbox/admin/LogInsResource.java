package org.postel.mailbox.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.AppPasswords;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.seen.SeenLogin;
import org.postel.mailbox.seen.SeenLogins;
import org.postel.mailbox.seen.SeenSession;

/** {@code /api/v1/accounts/ADDRESS/log-ins}: who logged in lately, or tried, and which sessions are in use. */
@Path("/api/v1/accounts/{address}/log-ins")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Log-ins", description = "Who logged in to an account, who tried, and which sessions are in use.")
@SecurityRequirement(name = OperatorFilter.SECURITY)
public class LogInsResource {

    private final Administration administration;
    private final AppPasswords apps;
    private final SeenLogins seen;

    @Inject
    public LogInsResource(Administration administration, AppPasswords apps, SeenLogins seen) {
        this.administration = administration;
        this.apps = apps;
        this.seen = seen;
    }

    /** Both as JSON, the newest first; times as RFC 3339 has them. */
    public record LogInsView(List<LogInView> logIns, List<SessionView> sessions) {}

    /**
     * Log-ins of one day that are alike.
     *
     * @param protocol    {@code submission}, {@code imap}, {@code pop3} or, of the account pages, {@code pages}
     * @param address     of the client; empty: of many more clients than are told apart
     * @param agent       what the client calls itself; empty: it does not say
     * @param appPassword null: none was given; its id where it has no name any more
     * @param result      {@code granted}, {@code wrong}, {@code switched-off} or {@code too-many}
     */
    public record LogInView(String day, String first, String last, long count, String protocol, String mechanism, String address,
            String agent, String appPassword, String result) {

        static LogInView of(SeenLogin login, Map<String, String> names) {
            SeenLogin.Alike how = login.how();
            return new LogInView(how.day().toString(), login.first().toString(), login.last().toString(), login.count(), how.service().written(),
                    login.mechanism(), how.address(), login.agent(), named(how.appPassword(), names), how.result().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }

    /**
     * A session that was used in the last ten minutes or so.
     *
     * @param used as far as was noted, which is every five minutes
     */
    public record SessionView(String opened, String used, String protocol, String address, String appPassword) {

        static SessionView of(SeenSession session, Map<String, String> names) {
            return new SessionView(session.opened().toString(), session.used().toString(), session.protocol().claim(), session.address(),
                    named(session.appPassword(), names));
        }
    }

    @GET
    @Needs(value = Scope.ACCOUNTS_READ, over = Reach.PATH)
    @Operation(summary = "Log-ins and sessions of an account", description = "The newest first; log-ins of one day that are alike are one. Needs accounts:read.")
    public LogInsView all(@PathParam("address") String address) throws DirectoryException {
        UUID account = administration.account(address).id();
        Map<String, String> names = apps.list(account).stream().collect(Collectors.toMap(app -> app.password().id(), app -> app.password().name()));
        return new LogInsView(seen.logins(account).stream().map(login -> LogInView.of(login, names)).toList(),
                seen.sessions(account).stream().map(session -> SessionView.of(session, names)).toList());
    }

    private static String named(Optional<String> app, Map<String, String> names) {
        return app.map(id -> names.getOrDefault(id, id)).orElse(null);
    }
}
