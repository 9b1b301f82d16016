package org.postel.smtp.filter;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a program listens: {@code host:port}, {@code [address]:port}, or the path of a socket, which begins with a slash.
 *
 * @param text as it is written
 */
public record ServiceAddress(String text) {

    private static final Pattern HOST_AND_PORT = Pattern.compile("\\[?([A-Za-z0-9._-]+|[0-9A-Fa-f:.]+(?=]))]?:(\\d{1,5})");

    /** @throws IllegalArgumentException when it is none */
    public ServiceAddress {
        if (!text.startsWith("/") && !HOST_AND_PORT.matcher(text).matches()) {
            throw new IllegalArgumentException("neither host:port nor a path: " + text);
        }
    }

    /** Reads one. Configuration finds this method by its name. */
    public static ServiceAddress parse(CharSequence text) {
        return new ServiceAddress(text.toString().strip());
    }

    /** Looks the name up anew each time: in a cluster it moves. */
    SocketAddress resolve() {
        if (text.startsWith("/")) {
            return UnixDomainSocketAddress.of(text);
        }
        Matcher parts = HOST_AND_PORT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException("it was checked");
        }
        return new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    @Override
    public String toString() {
        return text;
    }
}
