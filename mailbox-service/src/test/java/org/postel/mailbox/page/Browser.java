package org.postel.mailbox.page;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postel.mailbox.openid.LoopbackIssuer;

/** Asks for pages as a browser does: it keeps cookies, says where a form comes from, follows to the next page, and runs no script. */
final class Browser implements AutoCloseable {

    private static final Pattern INPUT = Pattern.compile("<input ([^>]*)>");
    private static final Pattern AREA = Pattern.compile("<textarea ([^>]*)>\\n?([^<]*)</textarea>");
    private static final Pattern SELECT = Pattern.compile("<select ([^>]*)>(.*?)</select>", Pattern.DOTALL);
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z-]+)=\"([^\"]*)\"");

    final Map<String, String> cookies = new TreeMap<>();
    /** More header fields of each request, by name. */
    final Map<String, String> fields = new HashMap<>();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String origin;
    private Seen seen;

    Browser(int port) {
        this.origin = "http://127.0.0.1:" + port;
    }

    /** A page as it came. */
    record Seen(String path, int status, HttpHeaders headers, String html) {

        /** A text of it that an element of this id holds, without the elements in it. */
        String text(String id) {
            Matcher element = Pattern.compile("<(\\w+)[^>]* id=\"" + Pattern.quote(id) + "\"[^>]*>(.*?)</\\1>", Pattern.DOTALL).matcher(html);
            assertTrue(element.find(), () -> "no element " + id + " in " + path + " (" + status + "): " + html);
            return plain(element.group(2).replaceAll("<[^>]*>", "")).strip();
        }

        boolean has(String id) {
            return html.contains(" id=\"" + id + "\"");
        }
    }

    Seen get(String path) throws Exception {
        return follow(ask(path, HttpRequest.newBuilder().GET()));
    }

    /** Sends a form that need not be on any page. */
    Seen post(String path, Map<String, String> form) throws Exception {
        return follow(postOnly(path, new ArrayList<>(form.entrySet())));
    }

    /** Sends a form of the page that was seen last, with some fields filled in. */
    Seen submit(String form, Map<String, String> filled) throws Exception {
        Matcher found = Pattern.compile("<form id=\"" + form + "\"[^>]* action=\"([^\"]*)\"[^>]*>(.*?)</form>", Pattern.DOTALL).matcher(seen.html);
        assertTrue(found.find(), () -> "no form " + form + " in " + seen.html);
        List<Map.Entry<String, String>> sent = new ArrayList<>();
        INPUT.matcher(found.group(2)).results().forEach(input -> {
            Map<String, String> attributes = attributes(input.group(1));
            boolean box = List.of("checkbox", "radio").contains(attributes.getOrDefault("type", "text"));
            if (!filled.containsKey(attributes.get("name")) && (!box || input.group(1).contains(" checked"))) {
                sent.add(Map.entry(attributes.get("name"), attributes.getOrDefault("value", box ? "on" : "")));
            }
        });
        SELECT.matcher(found.group(2)).results().filter(select -> !filled.containsKey(attributes(select.group(1)).get("name"))).forEach(select -> {
            Matcher chosen = Pattern.compile("<option value=\"([^\"]*)\" selected").matcher(select.group(2));
            if (chosen.find()) {
                sent.add(Map.entry(attributes(select.group(1)).get("name"), chosen.group(1)));
            }
        });
        AREA.matcher(found.group(2)).results().filter(area -> !filled.containsKey(attributes(area.group(1)).get("name")))
                .forEach(area -> sent.add(Map.entry(attributes(area.group(1)).get("name"), plain(area.group(2)))));
        // A box that is filled with nothing is not ticked.
        filled.forEach((name, value) -> {
            for (String each : value.equals(UNTICKED) ? new String[0] : value.split(BOTH)) {
                sent.add(Map.entry(name, each));
            }
        });
        return follow(postOnly(found.group(1), sent));
    }

    static final String UNTICKED = "\0";
    /** Between the values of one field. */
    static final String BOTH = "\1";

    private Seen postOnly(String path, List<Map.Entry<String, String>> form) throws Exception {
        String body = form.stream().map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue())).collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/x-www-form-urlencoded");
        if (!fields.containsKey("Origin")) {
            request.header("Origin", origin);
        }
        return ask(path, request);
    }

    private Seen follow(Seen answer) throws Exception {
        Seen page = answer;
        while (page.status == 302 || page.status == 303) {
            String location = page.headers.firstValue("Location").orElseThrow();
            page = location.startsWith("http://127.0.0.1") ? elsewhere(location) : ask(location.replace(LoopbackIssuer.PAGES, ""), HttpRequest.newBuilder().GET());
        }
        seen = page;
        return page;
    }

    /** Another server gets none of these cookies. */
    private Seen elsewhere(String location) throws Exception {
        HttpResponse<String> response = client.send(HttpRequest.newBuilder(URI.create(location)).build(), HttpResponse.BodyHandlers.ofString());
        return new Seen(location, response.statusCode(), response.headers(), response.body());
    }

    private Seen ask(String path, HttpRequest.Builder request) throws Exception {
        fields.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies.entrySet().stream().map(cookie -> cookie.getKey() + "=" + cookie.getValue()).collect(Collectors.joining("; ")));
        }
        HttpResponse<String> response = client.send(request.uri(URI.create(origin + path)).build(), HttpResponse.BodyHandlers.ofString());
        response.headers().allValues("set-cookie").forEach(this::keep);
        return new Seen(path, response.statusCode(), response.headers(), response.body());
    }

    private void keep(String cookie) {
        String pair = cookie.split(";")[0];
        String name = pair.substring(0, pair.indexOf('='));
        if (cookie.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(name.length() + 1));
        }
    }

    private static Map<String, String> attributes(String written) {
        Map<String, String> attributes = new HashMap<>();
        ATTRIBUTE.matcher(written).results().forEach(attribute -> attributes.put(attribute.group(1), plain(attribute.group(2))));
        return attributes;
    }

    private static String plain(String html) {
        return html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }
}
