package org.postel.mailbox.page;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.postel.mailbox.directory.AccountSettings;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.storage.Quota;

/** What an account is, at a glance: its addresses, where its mail goes, what it holds. */
final class OverviewPage {

    private final Site site;
    private final Administration administration;
    private final Clock clock;
    private final Template page;

    OverviewPage(Site site, Administration administration, Clock clock) {
        this.site = site;
        this.administration = administration;
        this.clock = clock;
        this.page = site.template("overview.html");
    }

    void on(Router router) {
        site.get(router, "/account", this::show);
    }

    /** A folder as the page shows it. */
    public record Folder(String name, String size, String messages) {}

    /**
     * A limit, and how much of it is used.
     *
     * @param most  empty: there is no limit
     * @param ratio from 0 to 1, for the bar
     */
    public record Use(String used, String most, double ratio) {
        static Use of(long used, OptionalLong limit, LongFunction<String> words) {
            return new Use(words.apply(used), limit.isPresent() ? words.apply(limit.getAsLong()) : "",
                    limit.isPresent() ? Math.min(1, used / (double) Math.max(1, limit.getAsLong())) : 0);
        }
    }

    private Answer show(Visit visit) throws DirectoryException {
        String address = visit.account().address();
        Administration.AccountQuota quota = administration.quota(address);
        Words words = Words.of(visit);
        List<Folder> folders = administration.folders(address).stream().map(folder -> folder(folder, words)).toList();
        AccountSettings settings = visit.account().settings();
        return Answer.page(page, Map.of("addresses", visit.account().sendsFrom(),
                "bytes", Use.of(quota.held().bytes(), quota.limits().bytes(), words::size),
                "messages", Use.of(quota.held().messages(), quota.limits().messages(), words::count), "folders", folders,
                "forwards", settings.forwarding().isPresent(), "away", settings.vacation().filter(vacation -> vacation.active(clock.instant())).isPresent()));
    }

    private static Folder folder(Quota.Folder folder, Words words) {
        return new Folder(folder.name(), words.size(folder.held().bytes()), words.count(folder.held().messages()));
    }
}
