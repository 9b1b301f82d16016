package org.postel.launcher.admin;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import org.postel.launcher.FailedException;
import org.postel.launcher.platform.DataFolder;
import org.postel.launcher.platform.Port;

/** Speaks to the admin API of the running platform with the launcher's own token. */
public final class AdminApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int FIRST_ERROR = 400;
    private static final int PART = 1_000;
    private static final Pattern NEXT = Pattern.compile("^</api/v1(/[^>]*)>; rel=\"next\"$");

    private final DataFolder folder;
    private final int port;

    /** At the usual port, or that of the system property {@code postel.web-port}, which a platform of the bench has. */
    public AdminApi(DataFolder folder) {
        this(folder, Integer.getInteger("postel.web-port", Port.WEB.usual()));
    }

    /** At another port than the usual one, for tests. */
    public AdminApi(DataFolder folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /**
     * GET.
     *
     * @param path below /api/v1
     * @return the answer, missing when it has no body
     * @throws IOException when there is no answer
     * @throws FailedException with the API's own words when it refuses
     */
    public JsonNode get(String path) throws IOException {
        return send(request(path).GET());
    }

    /** GET of what is no JSON; see {@link #get}. */
    public String text(String path) throws IOException {
        return new String(answer(request(path).setHeader("Accept", "*/*").GET()).body(), StandardCharsets.UTF_8);
    }

    /**
     * A list in all its parts: the next is where a link says (RFC 8288).
     *
     * @param path of the first part; see {@link #get}
     */
    public List<JsonNode> all(String path) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        String next = path + (path.contains("?") ? "&" : "?") + "limit=" + PART;
        while (!next.isEmpty()) {
            HttpResponse<byte[]> response = answer(request(next).GET());
            body(response.body()).forEach(all::add);
            Matcher link = NEXT.matcher(response.headers().firstValue("Link").orElse(""));
            next = link.find() ? link.group(1) : "";
        }
        return all;
    }

    /** POST with a JSON body; see {@link #get}. */
    public JsonNode post(String path, Map<String, Object> body) throws IOException {
        return send(request(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    /** POST of what may take longer than others; see {@link #get}. */
    public JsonNode post(String path, Duration limit) throws IOException {
        return send(request(path).timeout(limit).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** PUT with a JSON body; see {@link #get}. */
    public JsonNode put(String path, Map<String, Object> body) throws IOException {
        return send(request(path).header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    /** PATCH with a JSON merge patch (RFC 7396): what it does not name stays; see {@link #get}. */
    public JsonNode patch(String path, Map<String, Object> body) throws IOException {
        return send(request(path).header("Content-Type", "application/merge-patch+json")
                .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    /** DELETE; see {@link #get}. */
    public JsonNode delete(String path) throws IOException {
        return send(request(path).DELETE());
    }

    /** A name as one segment of a path. */
    public static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path)).timeout(LIMIT)
                .header("Authorization", "Bearer " + token()).header("Accept", "application/json");
    }

    private String token() throws IOException {
        try {
            return Files.readString(folder.token("admin"));
        } catch (NoSuchFileException never) {
            throw new FailedException("Postel was never started here. Start it with ./postel up -d", never);
        }
    }

    private static JsonNode send(HttpRequest.Builder request) throws IOException {
        return body(answer(request).body());
    }

    private static HttpResponse<byte[]> answer(HttpRequest.Builder request) throws IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() >= FIRST_ERROR) {
                throw new FailedException(explain(response.statusCode(), body(response.body())));
            }
            return response;
        } catch (ConnectException refused) {
            throw new FailedException("Postel is not running. Start it with ./postel up -d", refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", interrupted);
        }
    }

    private static JsonNode body(byte[] content) {
        try {
            return content.length == 0 ? MissingNode.getInstance() : JSON.readTree(content);
        } catch (JsonProcessingException notJson) {
            return JSON.getNodeFactory().textNode(notJson.getOriginalMessage());
        } catch (IOException impossible) {
            throw new IllegalStateException("Reading from memory failed", impossible);
        }
    }

    private static String explain(int status, JsonNode body) {
        for (String field : new String[] {"detail", "message", "error", "title"}) {
            if (body.path(field).isTextual()) {
                return "Refused: " + body.path(field).asText();
            }
        }
        return "Refused by the admin API with HTTP status " + status;
    }
}
