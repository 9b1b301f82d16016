package org.postel.mailbox.console;

import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.postel.mailbox.authority.ApiToken;
import org.postel.mailbox.authority.ApiTokens;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.desk.OwnDomains;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.page.Answer;

/** What programs call the administrator's API with: which there are, a new one, whose text is shown once, and the end of one. */
final class TokensPage {

    static final String PATH = "/admin/tokens";
    private static final int USUAL_DAYS = 30;

    private final Desk desk;
    private final ApiTokens tokens;
    private final Administration administration;
    private final Template page;

    TokensPage(Desk desk, ApiTokens tokens, Administration administration) {
        this.desk = desk;
        this.tokens = tokens;
        this.administration = administration;
        this.page = desk.template("admin-tokens.html");
    }

    void on(Router router) {
        desk.get(router, PATH, Scope.ADMINISTRATORS, guest -> desk.page(guest, page, data(guest, "", "")));
        desk.post(router, PATH + "/make", new Desk.Deed(Scope.ADMINISTRATORS, "token.create", "name", List.of("scopes", "domains", "account", "days"), PATH),
                guest -> desk.page(guest, page, data(guest, tokens.make(guest.authority(), wish(guest)).text(), "")),
                (guest, wrong) -> desk.again(guest, page, data(guest, "", wrong)));
        desk.post(router, PATH + "/revoke", new Desk.Deed(Scope.ADMINISTRATORS, "token.revoke", "id", List.of(), PATH), guest -> {
            tokens.revoke(guest.field("id"));
            return new Answer.GoTo(PATH, "admDone");
        });
    }

    /** A token as the page shows it. */
    public record Row(String id, String name, String scopes, String domains, String maker, String ends) {
        static Row of(ApiToken token) {
            return new Row(token.id(), token.name(), token.scopes().stream().map(Scope::word).sorted().collect(Collectors.joining(", ")),
                    token.domains().map(names -> names.stream().sorted().collect(Collectors.joining(", "))).orElse(""), token.maker(),
                    LocalDate.ofInstant(token.ends(), ZoneOffset.UTC).toString());
        }
    }

    /** A kind of act as the form offers it. */
    public record Choice(String word, String id, boolean on) {}

    /**
     * What the page shows.
     *
     * @param made  the text of a token that was just made; empty: none was
     * @param wrong what is wrong with the form that was sent, the name of a text; empty: nothing is
     */
    private Map<String, Object> data(Desk.Guest guest, String made, String wrong) {
        Map<String, Object> data = new HashMap<>();
        Set<String> ticked = new HashSet<>(wrong.isEmpty() ? List.of() : guest.visit().fields("scopes"));
        data.put("made", made);
        data.put("wrong", wrong);
        data.put("rows", tokens.list().stream().map(Row::of).toList());
        data.put("scopes", Arrays.stream(Scope.values()).filter(Scope::grantable)
                .map(scope -> new Choice(scope.word(), "scope-" + scope.word().replace(':', '-'), ticked.contains(scope.word()))).toList());
        for (String name : List.of("name", "domains", "account", "days")) {
            data.put(name, wrong.isEmpty() ? "" : guest.field(name));
        }
        return data;
    }

    private ApiTokens.Wish wish(Desk.Guest guest) throws DirectoryException {
        Set<Scope> scopes = new HashSet<>();
        for (String word : guest.visit().fields("scopes")) {
            scopes.add(Scope.of(word).orElseThrow(() -> new DirectoryException(Fault.INVALID, "no such scope")));
        }
        List<String> domains = Arrays.stream(guest.field("domains").split("[\\s,;]+")).filter(name -> !name.isEmpty()).toList();
        Optional<UUID> account = guest.field("account").isEmpty() ? Optional.empty() : Optional.of(administration.account(guest.field("account")).id());
        return new ApiTokens.Wish(guest.field("name"), scopes, domains.isEmpty() ? Optional.empty() : Optional.of(OwnDomains.canonical(domains)), account,
                days(guest.field("days")));
    }

    private static int days(String written) throws DirectoryException {
        try {
            return written.isEmpty() ? USUAL_DAYS : Integer.parseInt(written);
        } catch (NumberFormatException e) {
            throw new DirectoryException(Fault.INVALID, "days are a number");
        }
    }
}
