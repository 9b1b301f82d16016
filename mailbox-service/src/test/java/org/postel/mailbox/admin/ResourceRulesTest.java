package org.postel.mailbox.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postel.mailbox.admin.Needs.Reach;
import org.postel.mailbox.authority.AuthorityFixture;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.identity.IssuedTokens;
import org.postel.mailbox.identity.TokenIssuer;

/** Of every method of every resource: what its caller must have, and that nothing less opens it. */
class ResourceRulesTest {

    /** Methods that ask themselves what their caller reaches; each has a test in {@link LimitedCallersTest}. */
    private static final Set<String> ASK_THEMSELVES = Set.of("AccountsResource.list", "AccountsResource.add", "AliasesResource.list",
            "AliasesResource.add", "DomainsResource.list", "AuditResource.list", "DeletedAccountsResource.list", "QueueResource.list", "QueueResource.show",
            "QueueOrdersResource.retry", "QueueOrdersResource.hold", "QueueOrdersResource.release", "QueueOrdersResource.bounce",
            "QueueOrdersResource.delete", "DeadLettersResource.list", "DeadLettersResource.replay", "TraceResource.trace");

    private final AuthorityFixture authority = new AuthorityFixture(Duration.ZERO, Clock.systemUTC());
    @TempDir
    java.nio.file.Path folder;
    private OperatorFilter filter;

    @BeforeEach
    void addAccounts() throws DirectoryException, IOException {
        IssuedTokens issued = new IssuedTokens(TokenIssuer.trusting(new TokenIssuer("one").writeJwks(folder)), "admin", Clock.systemUTC());
        filter = new OperatorFilter(new Callers(new OperatorTokens(issued, Set.of()), authority.tokens), authority.directory.administration, authority.administrators);
        authority.directory.administration.addAccount("alice@example.test", "secret");
        authority.directory.administration.addAccount("bob@example.org", "secret");
    }

    static List<Method> methods() throws IOException {
        java.nio.file.Path folder = java.nio.file.Path.of(AccountsResource.class.getProtectionDomain().getCodeSource().getLocation().getPath())
                .resolve("org/postel/mailbox/admin");
        try (Stream<java.nio.file.Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".class"))
                    .map(name -> "org.postel.mailbox.admin." + name.substring(0, name.length() - 6)).map(ResourceRulesTest::type)
                    .filter(type -> type.isAnnotationPresent(Path.class)).flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                    .filter(method -> verb(method).isPresent()).toList();
        }
    }

    @Test
    void allResourcesAreLookedAt() throws IOException {
        assertTrue(methods().size() > 30, methods().toString());
        assertTrue(methods().stream().map(Method::getDeclaringClass).allMatch(type -> type.isAnnotationPresent(RunOnVirtualThread.class)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void eachSaysWhatItNeeds(Method method) {
        Needs needs = method.getAnnotation(Needs.class);
        assertNotNull(needs);
        assertEquals(verb(method).orElseThrow().equals("GET"), needs.act().isEmpty(), "an act for what changes something, and for nothing else");
        assertEquals(needs.over() == Reach.PATH, needs.over() != Reach.EVERYTHING && names(method).stream().anyMatch(Set.of("address", "domain")::contains));
        assertEquals(needs.over() == Reach.CONTENT, ASK_THEMSELVES.contains(method.getDeclaringClass().getSimpleName() + "." + method.getName())
                && needs.over() != Reach.EVERYTHING);
        assertTrue(!needs.value().grantable() || needs.value().word().endsWith("write") != verb(method).orElseThrow().equals("GET"), needs.value().word());
    }

    /** The description of the API says of each what it does and which scope it needs. */
    @ParameterizedTest
    @MethodSource("methods")
    void eachIsDescribed(Method method) {
        Operation described = method.getAnnotation(Operation.class);
        assertNotNull(described);
        assertTrue(described.summary().length() > 5 && !described.summary().endsWith("."), described.summary());
        assertTrue(described.description().endsWith("Needs " + method.getAnnotation(Needs.class).value().word() + "."), described.description());
        assertNotNull(method.getDeclaringClass().getAnnotation(Tag.class));
        assertEquals(method.getReturnType() == Response.class, method.isAnnotationPresent(APIResponseSchema.class), "what a bare answer holds is said");
        assertEquals(OperatorFilter.SECURITY, method.getDeclaringClass().getAnnotation(SecurityRequirement.class).name());
    }

    @Test
    void eachActHasANameOfItsOwn() throws IOException {
        List<String> acts = methods().stream().map(method -> method.getAnnotation(Needs.class).act()).filter(act -> !act.isEmpty()).toList();
        assertEquals(acts.size(), new TreeSet<>(acts).size(), acts.toString());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void withoutATokenEachIsClosed(Method method) {
        assertEquals(401, check(method, null, "alice@example.test").orElseThrow().getStatus());
        assertEquals(401, check(method, "Bearer x", "alice@example.test").orElseThrow().getStatus());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void withAllScopesButItsOwnEachIsClosed(Method method) throws DirectoryException {
        EnumSet<Scope> others = EnumSet.allOf(Scope.class);
        others.removeIf(scope -> !scope.grantable() || scope == method.getAnnotation(Needs.class).value());
        assertEquals(403, check(method, "Bearer " + authority.token(others), "alice@example.test").orElseThrow().getStatus());
    }

    // SAFETY row 23
    @ParameterizedTest
    @MethodSource("methods")
    void whatIsAnothersIsAsIfItWereNotThere(Method method) throws DirectoryException {
        Needs needs = method.getAnnotation(Needs.class);
        if (!needs.value().grantable()) {
            return;
        }
        String bearer = "Bearer " + authority.token(EnumSet.of(needs.value()), "example.test");
        Optional<Response> own = check(method, bearer, "alice@example.test");
        Optional<Response> others = check(method, bearer, "bob@example.org");
        switch (needs.over()) {
            case EVERYTHING -> assertEquals(403, own.orElseThrow().getStatus());
            case CONTENT -> assertEquals(Optional.empty(), others);
            case PATH -> {
                assertEquals(Optional.empty(), own);
                assertEquals(404, others.orElseThrow().getStatus());
                assertEquals(others.get().getEntity(), check(method, bearer, "nobody@example.org").orElseThrow().getEntity());
                assertEquals(404, check(method, bearer, "nonsense").orElseThrow().getStatus());
            }
            default -> throw new AssertionError(needs);
        }
    }

    /** Whoever administers a domain would else lift the limits that were set for it. */
    @Test
    void theLimitsOfADomainAreNotSetByItsAdministrator() throws Exception {
        Method patch = methods().stream().filter(method -> method.getDeclaringClass() == DomainsResource.class && method.getName().equals("patch")).findFirst().orElseThrow();
        assertEquals(403, check(patch, "Bearer " + authority.token(EnumSet.of(Scope.DOMAINS_WRITE), "example.test"), "alice@example.test").orElseThrow().getStatus());
        assertEquals(Optional.empty(), check(patch, "Bearer " + authority.token(EnumSet.of(Scope.DOMAINS_WRITE)), "alice@example.test"));
    }

    private Optional<Response> check(Method method, String authorization, String address) {
        Map<String, String> path = names(method).stream().collect(Collectors.toMap(name -> name, name -> switch (name) {
            case "address" -> address;
            case "domain" -> address.substring(address.indexOf('@') + 1);
            default -> "x";
        }));
        Requests request = new Requests(method, authorization, path);
        Optional<Response> answer = filter.check(request.context, request.resource);
        assertFalse(answer.isPresent() && request.security != null);
        return answer;
    }

    private static Set<String> names(Method method) {
        return Arrays.stream(method.getParameters()).map(parameter -> parameter.getAnnotation(PathParam.class)).filter(found -> found != null)
                .map(PathParam::value).collect(Collectors.toSet());
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations()).map(Annotation::annotationType).flatMap(type -> Stream.ofNullable(type.getAnnotation(HttpMethod.class)))
                .map(HttpMethod::value).findFirst();
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
