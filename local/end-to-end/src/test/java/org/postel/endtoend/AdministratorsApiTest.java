package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.postel.launcher.FailedException;
import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.platform.Port;

/** The administrator's API as a stranger meets it. */
class AdministratorsApiTest {

    private static final RunningPlatform PLATFORM = RunningPlatform.shared();
    private static final String SITE = "http://127.0.0.1:" + PLATFORM.port(Port.WEB);
    /** RFC 7519 §6. */
    private static final String UNSIGNED = "eyJhbGciOiJub25lIn0.e30.";
    private static final Set<String> VERBS = Set.of("get", "put", "post", "patch", "delete");

    @Test
    void eachOperationThatItDescribesIsClosedWithoutAToken() throws IOException, InterruptedException {
        Map<String, Integer> answers = new TreeMap<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            JsonNode description = new ObjectMapper().readTree(asked(client, "get", "/api/v1/openapi", "Accept", "application/json").body());
            for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
                for (Map.Entry<String, JsonNode> verb : path.getValue().properties()) {
                    if (VERBS.contains(verb.getKey())) {
                        String there = path.getKey().replaceAll("\\{\\w+}", "alice%40example.test");
                        answers.put(verb.getKey() + " " + there, asked(client, verb.getKey(), there, "Accept", "*/*").statusCode());
                        answers.put(verb.getKey() + " " + there + " with a token that nobody signed",
                                asked(client, verb.getKey(), there, "Authorization", "Bearer " + UNSIGNED).statusCode());
                    }
                }
            }
        }
        assertTrue(answers.size() > 60, answers.toString());
        answers.forEach((operation, status) -> assertEquals(401, status, operation));
    }

    /** Whatever it is, and also where it is refused, or before there is anything. */
    @Test
    void eachAnswerSaysHowBrowsersAreToTakeIt() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String path : List.of("/api/v1/openapi", "/api/v1/accounts", "/nothing", "/account", "/page.css", "/mail/config-v1.1.xml?emailaddress=a@example.test")) {
                HttpHeaders answer = asked(client, "get", path, "X-Forwarded-Proto", "https").headers();
                assertTrue(answer.firstValue("Content-Security-Policy").orElse("").contains("frame-ancestors 'none'"), path);
                assertEquals(List.of("nosniff"), answer.allValues("X-Content-Type-Options"), path);
                assertEquals(1, answer.allValues("Referrer-Policy").size(), path);
                assertEquals(1, answer.allValues("Cache-Control").size(), path);
                assertEquals(List.of("max-age=31536000"), answer.allValues("Strict-Transport-Security"), path);
            }
            assertEquals(Optional.empty(), asked(client, "get", "/account", "Accept", "*/*").headers().firstValue("Strict-Transport-Security"));
        }
    }

    @Test
    void whatCannotBeReadIsAProblemThatSaysWhy() throws IOException {
        AdminApi admin = PLATFORM.admin();
        String path = "/accounts/" + AdminApi.segment(PLATFORM.account().address()) + "/quota";
        admin.put(path, Map.of("bytes", 1_000));
        refused("there is no field \"byte\" here", () -> admin.put(path, Map.of("byte", 2_000)));
        assertEquals(1_000, admin.get(path).get("bytes").asInt(), "a quota is not lost by a slip");
        refused("the body is not the JSON that is expected", () -> admin.put(path, Map.of("bytes", "many")));
        refused("a parameter is not of the kind that is expected", () -> admin.get("/accounts?limit=many"));
    }

    private static void refused(String why, Executable what) {
        String said = assertThrows(FailedException.class, what).getMessage();
        assertTrue(said.contains(why), said);
    }

    private static HttpResponse<String> asked(HttpClient client, String verb, String path, String field, String value) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(SITE + path)).header("Content-Type", verb.equals("patch") ? "application/merge-patch+json" : "application/json")
                .header(field, value).method(verb.toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.ofString("{}")).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
