package org.postel.mailbox.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people call a browser, from what it calls itself (RFC 9110 §10.1.5). Whoever lies there is taken at his word. */
final class BrowserName {

    /** Most name those before them too, so the first that fits is it. */
    private static final List<Map.Entry<String, String>> PROGRAMS = List.of(Map.entry("Edg", "Edge"), Map.entry("OPR/", "Opera"),
            Map.entry("SamsungBrowser", "Samsung Internet"), Map.entry("Firefox", "Firefox"), Map.entry("FxiOS", "Firefox"), Map.entry("CriOS", "Chrome"),
            Map.entry("Chrome", "Chrome"), Map.entry("Safari", "Safari"), Map.entry("curl", "curl"));
    private static final List<Map.Entry<String, String>> SYSTEMS = List.of(Map.entry("iPhone", "iPhone"), Map.entry("iPad", "iPad"),
            Map.entry("Android", "Android"), Map.entry("Windows", "Windows"), Map.entry("Macintosh", "macOS"), Map.entry("CrOS", "ChromeOS"),
            Map.entry("Linux", "Linux"));

    private BrowserName() {}

    /** Empty when nothing in it is known. */
    static String of(String agent) {
        Optional<String> program = first(PROGRAMS, agent);
        Optional<String> system = first(SYSTEMS, agent);
        return program.map(name -> system.map(under -> name + " · " + under).orElse(name)).or(() -> system).orElse("");
    }

    private static Optional<String> first(List<Map.Entry<String, String>> known, String agent) {
        return known.stream().filter(entry -> agent.contains(entry.getKey())).map(Map.Entry::getValue).findFirst();
    }
}
