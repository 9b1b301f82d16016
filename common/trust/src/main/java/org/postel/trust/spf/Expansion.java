package org.postel.trust.spf;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts a query's values where the variables are: RFC 7208 §7.
 *
 * @param domain the one whose record is being read
 * @param names  the client's validated names, asked for only when wanted
 */
record Expansion(SpfQuery query, String domain, Supplier<List<String>> names) {

    private static final int LONGEST_NAME = 253;

    /** A name to ask for; of a longer one the labels on the left are cut off: RFC 7208 §7.3. */
    String name(MacroString macro) {
        String name = macro.parts().stream().map(this::text).collect(Collectors.joining());
        while (name.length() > LONGEST_NAME && name.indexOf('.') >= 0) {
            name = name.substring(name.indexOf('.') + 1);
        }
        return name;
    }

    private String text(MacroString.Part part) {
        return switch (part) {
            case MacroString.Literal(String text) -> text;
            case MacroString.Variable variable -> {
                String text = transformed(variable, value(variable.letter()));
                yield variable.escape() ? escaped(text) : text;
            }
        };
    }

    // RFC 7208 §7.2
    private String value(char letter) {
        return switch (letter) {
            case 's' -> query.localPart() + "@" + query.domain();
            case 'l' -> query.localPart();
            case 'o' -> query.domain();
            case 'd' -> domain;
            case 'i' -> dotted(query.client());
            case 'p' -> validatedName();
            case 'h' -> query.helo();
            case 'v' -> query.client() instanceof Inet4Address ? "in-addr" : "ip6";
            default -> throw new IllegalStateException("no macro letter: " + letter);
        };
    }

    private static String dotted(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address.getHostAddress();
        }
        StringBuilder nibbles = new StringBuilder();
        for (byte octet : address.getAddress()) {
            nibbles.append(Character.forDigit(octet >> 4 & 0xf, 16)).append('.').append(Character.forDigit(octet & 0xf, 16)).append('.');
        }
        return nibbles.substring(0, nibbles.length() - 1);
    }

    // RFC 7208 §7.3: the domain itself, else a name within it, else any.
    private String validatedName() {
        List<String> validated = names.get();
        String wanted = domain.toLowerCase(Locale.ROOT);
        return validated.stream().filter(wanted::equals).findFirst()
            .or(() -> validated.stream().filter(name -> name.endsWith("." + wanted)).findFirst())
            .or(() -> validated.stream().findFirst())
            .orElse("unknown");
    }

    private static String transformed(MacroString.Variable variable, String value) {
        if (variable.kept() == 0 && !variable.reverse() && variable.delimiters().isEmpty()) {
            return value;
        }
        String delimiters = variable.delimiters().isEmpty() ? "." : variable.delimiters();
        String anyOfThem = Arrays.stream(delimiters.split("")).map(Pattern::quote).collect(Collectors.joining("|"));
        List<String> parts = new ArrayList<>(List.of(value.split(anyOfThem, -1)));
        if (variable.reverse()) {
            Collections.reverse(parts);
        }
        int first = variable.kept() == 0 ? 0 : Math.max(0, parts.size() - variable.kept());
        return String.join(".", parts.subList(first, parts.size()));
    }

    // Everything but the unreserved characters: RFC 7208 §7.3.
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if (character < 0x80 && (Character.isLetterOrDigit(character) || "-._~".indexOf(character) >= 0)) {
                escaped.append(character);
            } else {
                escaped.append(String.format(Locale.ROOT, "%%%02X", octet));
            }
        }
        return escaped.toString();
    }
}
