package org.postel.mailbox.console;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.Destination;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.directory.DirectoryStore.AddressEntry;
import org.postel.mailbox.page.Answer;

/** One alias, group or catch-all: where it leads, and its change. */
final class AliasPage {

    private static final String PATH = "/admin/aliases/one";
    private static final String ADDRESS = "address";
    private static final String TARGETS = "targets";
    /** The field that holds where it led when the form was shown. */
    private static final String SEEN = "seen";

    private final Desk desk;
    private final Administration administration;
    private final Template page;

    AliasPage(Desk desk, Administration administration) {
        this.desk = desk;
        this.administration = administration;
        this.page = desk.template("admin-alias.html");
    }

    void on(Router router) {
        desk.get(router, PATH, Scope.ALIASES_READ, guest -> {
            AddressEntry alias = reached(guest, guest.parameter(ADDRESS));
            return desk.page(guest, page, data(alias, String.join("\n", targets(alias)), ""));
        });
        desk.post(router, PATH, new Desk.Deed(Scope.ALIASES_WRITE, "alias.change", ADDRESS, List.of(TARGETS), PATH), this::change, (guest, wrong) ->
                desk.again(guest, page, data(reached(guest, guest.field(ADDRESS)), guest.field(TARGETS), wrong)));
    }

    static String path(String address) {
        return Paths.with(PATH, ADDRESS, address);
    }

    /** The name of the text for what it is. */
    static String kind(AddressEntry alias) {
        return alias.address().localPart().isEmpty() ? "admCatchAll" : targets(alias).size() > 1 ? "admGroup" : "admAlias";
    }

    static List<String> targets(AddressEntry alias) {
        return switch (alias.destination()) {
            case Destination.OfAlias there -> there.targets();
            case Destination.OfAccount account -> List.of();
        };
    }

    /** As they were written, between spaces, lines or commas. */
    static List<String> targets(Desk.Guest guest) {
        return Arrays.stream(guest.field(TARGETS).split("[\\s,;]+")).filter(target -> !target.isEmpty()).toList();
    }

    private Answer change(Desk.Guest guest) throws DirectoryException {
        AddressEntry alias = reached(guest, guest.field(ADDRESS));
        administration.changeAlias(alias.address().toString(), before -> {
            if (!guest.field(SEEN).equals(seen(before))) {
                throw new DirectoryException(Fault.CHANGED, "it was changed meanwhile");
            }
            return targets(guest);
        });
        return new Answer.GoTo(path(alias.address().toString()), "admDone");
    }

    /** @throws DirectoryException MISSING when it is not there, or not within reach */
    private AddressEntry reached(Desk.Guest guest, String address) throws DirectoryException {
        if (!guest.authority().overAddress(address)) {
            throw new DirectoryException(Fault.MISSING, "no such alias");
        }
        return administration.alias(address);
    }

    private static String seen(AddressEntry alias) {
        return String.join(" ", targets(alias));
    }

    private static Map<String, Object> data(AddressEntry alias, String typed, String wrong) {
        return Map.of("address", alias.address().toString(), "kind", kind(alias), "typed", typed, "seen", seen(alias), "wrong", wrong, "aliasesPath", AliasesPage.PATH);
    }
}
