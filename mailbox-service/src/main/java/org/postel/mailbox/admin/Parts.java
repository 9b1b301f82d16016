package org.postel.mailbox.admin;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.postel.mailbox.directory.DirectoryException;

/** Lists that are given in parts: how many, from where, and where the next part is. */
final class Parts {

    static final String LIMIT = "100";
    private static final int MOST = 1_000;

    private Parts() {}

    static int limit(int limit) throws DirectoryException {
        if (limit < 1 || limit > MOST) {
            throw new DirectoryException(DirectoryException.Fault.INVALID, "the limit is from 1 to " + MOST);
        }
        return limit;
    }

    static Optional<String> after(String after) {
        return Optional.ofNullable(after).filter(given -> !given.isEmpty());
    }

    /**
     * A part, with a link to the next one (RFC 8288) unless it is the last.
     *
     * @param path  of the list
     * @param asked what the next request asks for besides; without what is null
     */
    static Response response(List<?> items, Optional<String> next, String path, int limit, Map<String, String> asked) {
        Response.ResponseBuilder response = Response.ok(items);
        next.ifPresent(last -> {
            Map<String, String> query = new TreeMap<>(asked);
            query.put("after", last);
            query.put("limit", String.valueOf(limit));
            response.header(HttpHeaders.LINK, "<" + path + "?" + query.entrySet().stream()
                    .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"))
                    + ">; rel=\"next\"");
        });
        return response.build();
    }

    /** What is asked for besides, when it is. */
    static Map<String, String> asked(String name, String value) {
        return value == null || value.isEmpty() ? Map.of() : Map.of(name, value);
    }
}
