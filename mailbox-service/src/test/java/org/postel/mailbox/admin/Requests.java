package org.postel.mailbox.admin;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A request as filters see it; it knows only what they ask. */
final class Requests implements InvocationHandler {

    final ContainerRequestContext context = proxy(ContainerRequestContext.class, this);
    final ResourceInfo resource;
    final Map<String, Object> properties = new HashMap<>();
    SecurityContext security;
    InputStream body = InputStream.nullInputStream();
    private final String authorization;
    private final MultivaluedMap<String, String> path = new MultivaluedHashMap<>();

    Requests(Method method, String authorization, Map<String, String> path) {
        this.authorization = authorization;
        path.forEach(this.path::add);
        this.resource = proxy(ResourceInfo.class, (proxy, called, arguments) -> method);
    }

    Requests with(SecurityContext caller, String json) {
        security = caller;
        body = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    @Override
    public Object invoke(Object proxy, Method called, Object[] arguments) {
        return switch (called.getName()) {
            case "getHeaderString" -> authorization;
            case "getMethod" -> "POST";
            case "getUriInfo" -> proxy(UriInfo.class, (info, asked, none) -> asked.getName().equals("getPath") ? "/api/v1/x" : path);
            case "setSecurityContext" -> security = (SecurityContext) arguments[0];
            case "getSecurityContext" -> security;
            case "hasEntity" -> true;
            case "getEntityStream" -> body;
            case "setEntityStream" -> body = (InputStream) arguments[0];
            case "setProperty" -> properties.put((String) arguments[0], arguments[1]);
            case "getProperty" -> properties.get(arguments[0]);
            default -> throw new UnsupportedOperationException(called.getName());
        };
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
