package org.postel.mailbox.page;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The page that a browser asks for with a request, or that the form was on which it sends: what it can be led to later.
 *
 * @param path  of ours
 * @param query as it was written, without a choice of the language; empty: there is none
 */
record ShownPage(String path, String query) {

    private static final String HOME = "/account";
    /** A page of ours: never //HOST, which a browser takes for another server. */
    private static final Pattern OURS = Pattern.compile("/([A-Za-z0-9][A-Za-z0-9/._@%-]{0,200})?");
    private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9/._@%=&+*~-]{0,400}");

    /** A form says in Referer where it was; one that does not, or not of ours, leads to the account. */
    static ShownPage of(RoutingContext request) {
        HttpServerRequest asked = request.request();
        boolean shown = asked.method() == HttpMethod.GET || asked.method() == HttpMethod.HEAD;
        return shown ? of(request.normalizedPath(), asked.query()) : referring(asked).orElse(new ShownPage(HOME, ""));
    }

    /** The written form of a page of ours; HOME when it is none. */
    static ShownPage parse(String written) {
        int mark = written.indexOf('?');
        return mark < 0 ? of(written, "") : of(written.substring(0, mark), written.substring(mark + 1));
    }

    private static ShownPage of(String path, String query) {
        String kept = query == null || !QUERY.matcher(query).matches() ? "" : query;
        return OURS.matcher(path).matches() ? new ShownPage(path, withoutLanguage(kept)) : new ShownPage(HOME, "");
    }

    private static String withoutLanguage(String query) {
        return Arrays.stream(query.split("&")).filter(field -> !field.isEmpty() && !field.startsWith("lang=")).collect(Collectors.joining("&"));
    }

    private static Optional<ShownPage> referring(HttpServerRequest asked) {
        try {
            return Optional.ofNullable(asked.getHeader(HttpHeaders.REFERER)).map(URI::create)
                    .filter(from -> asked.authority() != null && asked.authority().toString().equalsIgnoreCase(from.getRawAuthority()))
                    .map(from -> of(from.getRawPath(), from.getRawQuery()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Path and query. */
    String written() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** What a link to the same page begins with that says one thing more. */
    String and() {
        return path + "?" + (query.isEmpty() ? "" : query + "&");
    }
}
