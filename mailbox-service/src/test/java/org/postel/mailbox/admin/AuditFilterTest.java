package org.postel.mailbox.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postel.mailbox.audit.Act;
import org.postel.mailbox.audit.AuditInMemory;
import org.postel.mailbox.authority.Authority;

class AuditFilterTest {

    private static final HttpServerRequest FROM = Requests.proxy(HttpServerRequest.class,
            (proxy, method, arguments) -> SocketAddress.inetSocketAddress(4711, "192.0.2.1"));

    private final AuditInMemory log = new AuditInMemory();
    private final AuditFilter filter = new AuditFilter(log);

    @Test
    void anActIsWrittenBeforeItIsDoneAndItsOutcomeAfter() throws IOException {
        String body = "{\"address\":\"bob@example.test\",\"password\":\"topsecret\"}";
        Requests request = request(AccountsResource.class, "add", Map.of(), body);
        assertEquals(Optional.empty(), begin(request));
        assertEquals("begun", log.entries.getFirst().outcome());
        assertEquals(new Act("launcher", "192.0.2.1", "account.add", "bob@example.test",
                "{\"address\":\"bob@example.test\",\"password\":\"(not kept)\"}"), log.entries.getFirst().act());
        assertEquals(body, new String(request.body.readAllBytes(), StandardCharsets.UTF_8));
        end(request, 201, null);
        assertEquals("done", log.entries.getFirst().outcome());
    }

    /** Whose limit was raised, and to what. */
    @Test
    void sendingLimitsAreKept() throws IOException {
        begin(request(DomainsResource.class, "patch", Map.of("domain", "example.test"), "{\"sending\":{\"messagesPerDay\":0}}"));
        assertEquals(new Act("launcher", "192.0.2.1", "domain.change", "example.test", "{\"sending\":{\"messagesPerDay\":0}}"), log.entries.getFirst().act());
    }

    @Test
    void whatWasRefusedIsKnownWithItsReason() throws IOException {
        Requests request = request(AppPasswordsResource.class, "remove", Map.of("id", "x1", "address", "bob@example.test"), "");
        begin(request);
        end(request, 404, new Problem("Not Found", 404, "no such account"));
        assertEquals("bob@example.test x1", log.entries.getFirst().act().on());
        assertEquals("404 no such account", log.entries.getFirst().outcome());
    }

    /** SAFETY: what cannot be written down is not done. */
    @Test
    void whatCannotBeWrittenDownIsNotDone() throws IOException {
        log.setAway();
        Requests request = request(DomainsResource.class, "add", Map.of(), "{\"name\":\"example.test\"}");
        assertEquals(503, begin(request).orElseThrow().getStatus());
        end(request, 503, null);
        assertEquals(List.of(), log.entries);
    }

    static List<Method> methods() throws IOException {
        return ResourceRulesTest.methods();
    }

    /** Every change is in the log, reading is not, and no value of a field that is not known to be harmless. */
    @ParameterizedTest
    @MethodSource("methods")
    void everyChangeIsWrittenDownWithoutSecrets(Method method) throws IOException {
        Requests request = new Requests(method, null, Map.of()).with(new Acting(Authority.operator("launcher")),
                "{\"password\":\"topsecret\",\"text\":\"topsecret\",\"vacation\":{\"text\":\"topsecret\"},\"later\":\"topsecret\"}");
        begin(request);
        assertEquals(method.getAnnotation(Needs.class).act().isEmpty() ? 0 : 1, log.entries.size());
        assertFalse(log.entries.toString().contains("topsecret"));
    }

    @Test
    void whatIsNoJsonIsWrittenDownToo() throws IOException {
        for (String body : List.of("", "{", "[1]", "\"topsecret\"", "null", "topsecret")) {
            assertEquals(Optional.empty(), begin(request(AccountsResource.class, "add", Map.of(), body)), body);
        }
        assertEquals(Set.of(""), Set.copyOf(log.entries.stream().map(entry -> entry.act().detail()).distinct().toList()));
    }

    private Optional<Response> begin(Requests request) throws IOException {
        return filter.begin(request.context, request.resource, FROM);
    }

    private void end(Requests request, int status, Object entity) {
        filter.end(request.context, Requests.proxy(ContainerResponseContext.class,
                (proxy, method, arguments) -> method.getName().equals("getStatus") ? status : entity));
    }

    private static Requests request(Class<?> resource, String name, Map<String, String> path, String body) {
        Method method = List.of(resource.getMethods()).stream().filter(each -> each.getName().equals(name)).findFirst().orElseThrow();
        return new Requests(method, null, path).with(new Acting(Authority.operator("launcher")), body);
    }
}
