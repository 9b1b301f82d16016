package org.postel.mailbox.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.postel.mailbox.audit.Act;
import org.postel.mailbox.audit.AuditLog;
import org.postel.mailbox.storage.StoreException;

/** Writes down what is changed through the API, before it is done, and how it ended. What cannot be written down is not done. */
public final class AuditFilter {

    private static final Logger LOG = Logger.getLogger(AuditFilter.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ENTRY = "org.postel.audit.entry";
    private static final int LARGEST_BODY = 256 << 10;
    /** Fields of a body that say what an act is about. */
    private static final List<String> NAMES = List.of("address", "domain", "name");
    /** Fields of a body whose values are kept: a list, so that no secret of a field to come is. */
    private static final Set<String> KEPT = Set.of("address", "domain", "name", "targets", "status", "protocols", "forwarding", "sending", "bytes",
            "messages", "domains", "everywhere", "scopes", "days", "account", "now");

    private final AuditLog log;

    @Inject
    public AuditFilter(AuditLog log) {
        this.log = log;
    }

    /** Empty: go on. */
    @ServerRequestFilter(priority = OperatorFilter.PRIORITY + 1)
    public Optional<Response> begin(ContainerRequestContext request, ResourceInfo resource, HttpServerRequest http) throws IOException {
        Needs needs = resource.getResourceMethod().getAnnotation(Needs.class);
        if (needs.act().isEmpty()) {
            return Optional.empty();
        }
        ObjectNode body = body(request);
        try {
            request.setProperty(ENTRY, log.begin(new Act(request.getSecurityContext().getUserPrincipal().getName(),
                    http.remoteAddress() == null ? "" : http.remoteAddress().hostAddress(), needs.act(),
                    target(new TreeMap<>(request.getUriInfo().getPathParameters()).values(), body), body.isEmpty() ? "" : body.toString())));
            return Optional.empty();
        } catch (StoreException e) {
            LOG.warnf("not done, for it cannot be written down: %s", e.getMessage());
            return Optional.of(Problem.response(Response.Status.SERVICE_UNAVAILABLE, "the audit log cannot be written, so nothing was done; try again"));
        }
    }

    /** Writes down how it ended; when that fails, the entry keeps saying that it was begun. */
    @ServerResponseFilter
    public void end(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(ENTRY) instanceof UUID entry) {
            try {
                log.end(entry, outcome(response));
            } catch (StoreException e) {
                LOG.warnf("the outcome of %s is not in the audit log: %s", entry, e.getMessage());
            }
        }
    }

    private static String outcome(ContainerResponseContext response) {
        return response.getEntity() instanceof Problem problem ? problem.status() + " " + problem.detail()
                : response.getStatus() < Response.Status.BAD_REQUEST.getStatusCode() ? "done" : String.valueOf(response.getStatus());
    }

    /** What of the body may be kept; the names of the other fields tell that something was given. */
    private static ObjectNode body(ContainerRequestContext request) throws IOException {
        byte[] octets = request.hasEntity() ? request.getEntityStream().readNBytes(LARGEST_BODY) : new byte[0];
        request.setEntityStream(new ByteArrayInputStream(octets));
        ObjectNode kept = JSON.createObjectNode();
        try {
            JsonNode body = octets.length == 0 ? kept : JSON.readTree(octets);
            body.properties().forEach(field -> kept.set(field.getKey(),
                    KEPT.contains(field.getKey()) ? field.getValue() : kept.textNode("(not kept)")));
        } catch (JsonProcessingException e) {
            // The method will say so.
            return kept;
        }
        return kept;
    }

    /** The address or the domain comes first, by the names of the parameters. */
    private static String target(Collection<List<String>> path, ObjectNode body) {
        Stream<String> named = path.isEmpty() ? NAMES.stream().map(body::get).filter(Objects::nonNull).map(JsonNode::asText).limit(1)
                : path.stream().flatMap(List::stream);
        return named.collect(Collectors.joining(" "));
    }
}
