package org.postel.mailbox.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses of pages of the console. */
final class Paths {

    private Paths() {}

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    static String with(String path, String name, String value) {
        return path + (path.contains("?") ? "&" : "?") + name + "=" + encoded(value);
    }

    static String account(String address) {
        return with("/admin/account", "address", address);
    }

    static String domain(String name) {
        return with("/admin/domain", "name", name);
    }

    static String message(String id) {
        return with("/admin/message", "id", id);
    }
}
