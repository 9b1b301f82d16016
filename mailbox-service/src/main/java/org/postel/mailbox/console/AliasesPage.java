package org.postel.mailbox.console;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.desk.OwnDomains;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.directory.DirectoryStore.AddressEntry;
import org.postel.mailbox.directory.Listing;
import org.postel.mailbox.page.Answer;

/** Aliases, groups and catch-alls. */
final class AliasesPage {

    static final String PATH = "/admin/aliases";
    private static final String ADDRESS = "address";
    private static final String TARGETS = "targets";
    private static final int ROWS = 50;

    private final Desk desk;
    private final Administration administration;
    private final String separator;
    private final Template page;

    /** @param separator between an address and its details (RFC 5233); empty: addresses have none */
    AliasesPage(Desk desk, Administration administration, String separator) {
        this.desk = desk;
        this.administration = administration;
        this.separator = separator;
        this.page = desk.template("admin-aliases.html");
    }

    void on(Router router) {
        desk.get(router, PATH, Scope.ALIASES_READ, guest -> desk.page(guest, page, data(guest, "")));
        desk.post(router, PATH + "/add", new Desk.Deed(Scope.ALIASES_WRITE, "alias.add", ADDRESS, List.of(TARGETS), PATH), guest -> {
            OwnDomains.forNew(guest.authority(), administration, guest.field(ADDRESS));
            administration.addAlias(guest.field(ADDRESS), AliasPage.targets(guest));
            return new Answer.GoTo(PATH, "admDone");
        }, (guest, wrong) -> desk.again(guest, page, data(guest, wrong)));
        desk.post(router, PATH + "/remove", new Desk.Deed(Scope.ALIASES_WRITE, "alias.remove", ADDRESS, List.of(), PATH), guest -> {
            if (!guest.authority().overAddress(guest.field(ADDRESS))) {
                throw new DirectoryException(Fault.MISSING, "no such alias");
            }
            administration.removeAlias(guest.field(ADDRESS));
            return new Answer.GoTo(PATH, "admDone");
        });
    }

    /**
     * An alias as the page shows it.
     *
     * @param kind the name of its text
     * @param path of the page that changes it
     */
    public record Row(int number, String address, String kind, String path, String targets) {}

    /** @param wrong what is wrong with the form that was sent, the name of a text; empty: nothing is */
    private Map<String, Object> data(Desk.Guest guest, String wrong) throws DirectoryException {
        Optional<String> after = Optional.of(guest.parameter("after")).filter(given -> !given.isEmpty());
        Listing.Part<AddressEntry> part = administration.aliases(OwnDomains.asked(guest.authority(), administration, ""), after, ROWS);
        List<Row> rows = new ArrayList<>();
        part.items().forEach(entry -> rows.add(new Row(rows.size() + 1, entry.address().toString(), AliasPage.kind(entry),
                AliasPage.path(entry.address().toString()), String.join(", ", AliasPage.targets(entry)))));
        return Map.of("given", guest.field(ADDRESS), "givenTargets", guest.field(TARGETS), "wrong", wrong, "separator", separator, "rows", rows, "next", part.next().map(last -> Paths.with(PATH, "after", last)).orElse(""));
    }
}
