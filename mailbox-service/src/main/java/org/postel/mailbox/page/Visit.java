package org.postel.mailbox.page;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.signin.Client;
import org.postel.mailbox.signin.SignedIn;

/**
 * A request of somebody who is signed in, for a page or with a form of one.
 *
 * @param by       who that is
 * @param client   from where
 * @param language of the answer
 * @param texts    in it, by name
 * @param zone     whose times it shows, and whose days are meant
 */
public record Visit(RoutingContext request, SignedIn by, Client client, Language language, Map<String, String> texts, ZoneId zone) {

    /** The account of who is signed in, as it is now. */
    public Account account() {
        return by.account();
    }

    /** What a field of the form says; empty when it is not there. */
    public String field(String name) {
        return field(request, name);
    }

    /** Whether a box is ticked. */
    public boolean ticked(String name) {
        return request.request().formAttributes().contains(name);
    }

    /** All values of a field of the form. */
    public List<String> fields(String name) {
        MultiMap form = request.request().formAttributes();
        return form.getAll(name);
    }

    /** What a parameter of the address says; empty when it is not there. */
    public String parameter(String name) {
        return Optional.ofNullable(request.queryParams().get(name)).orElse("");
    }

    static String field(RoutingContext request, String name) {
        return Optional.ofNullable(request.request().getFormAttribute(name)).orElse("");
    }

    @Override
    public String toString() {
        return "Visit[" + by + "]";
    }
}
