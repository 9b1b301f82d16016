package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPPathMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the component gateway-api leads to the web port: all pages and what programs ask for by themselves, and never the API. */
class WebRouteTest {

    private static final String SOURCES = "mailbox-service/src/main/java/org/postel/mailbox/";
    private static final Pattern NAMED = Pattern.compile("String (\\w+) = \"(/[^\"]*)\";");
    private static final Pattern WITHIN = Pattern.compile("(\\w+) \\+ \"(/[^\"]*)\"");
    private static final Pattern WHOLE = Pattern.compile("router(?:\\.get\\(|, )\"(/[^\"]*)\"");
    private static final Pattern FILE = Pattern.compile("\"(\\w+\\.(?:css|js))\"");

    @Test
    void everyPageIsReached() throws IOException {
        Set<String> pages = new TreeSet<>();
        for (String folder : List.of("page", "web", "console")) {
            try (Stream<Path> sources = Files.list(Manifests.file(SOURCES + folder))) {
                for (Path source : sources.toList()) {
                    pages.addAll(paths(Files.readString(source)));
                }
            }
        }
        assertTrue(pages.containsAll(Set.of("/account", "/admin", "/sign-in", "/sign-in/issuer/answer", "/page.css", "/.well-known/mta-sts.txt")), "what this test reads: " + pages);
        pages.forEach(page -> assertTrue(leadsOn(page), page));
    }

    @Test
    void theApiStaysWithinTheCluster() {
        for (String inside : List.of("/api/v1/accounts", "/api", "/q/openapi", "/q/health", "/metrics")) {
            assertFalse(leadsOn(inside), inside);
        }
    }

    private static Set<String> paths(String source) {
        Map<String, String> named = new HashMap<>();
        NAMED.matcher(source).results().forEach(constant -> named.put(constant.group(1), constant.group(2)));
        Set<String> found = new TreeSet<>(named.values());
        WHOLE.matcher(source).results().map(path -> path.group(1)).forEach(found::add);
        WITHIN.matcher(source).results().filter(path -> named.containsKey(path.group(1))).map(path -> named.get(path.group(1)) + path.group(2)).forEach(found::add);
        FILE.matcher(source).results().map(file -> "/" + file.group(1)).forEach(found::add);
        // A folder of files, and no page.
        found.removeIf(path -> path.length() > 1 && path.endsWith("/"));
        return found;
    }

    private static boolean leadsOn(String path) {
        try {
            return Manifests.only(HTTPRoute.class, Manifests.in("k8s/components/gateway-api")).getFirst().getSpec().getRules().stream()
                    .flatMap(rule -> rule.getMatches().stream()).map(HTTPRouteMatch::getPath).anyMatch(match -> matches(match, path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A prefix is of whole segments. */
    private static boolean matches(HTTPPathMatch match, String path) {
        String value = match.getValue();
        return path.equals(value) || match.getType().equals("PathPrefix") && path.startsWith(value + "/");
    }
}
