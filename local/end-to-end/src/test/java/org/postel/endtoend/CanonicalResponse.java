package org.postel.endtoend;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * A response of IMAP (RFC 3501 §7) in a form that does not depend on the server's choices: strings are quoted whatever carries them, data
 * items and flags stand in alphabetical order, texts for people are left out, and numbers that a server is free to choose are "_".
 */
final class CanonicalResponse {

    private static final int SHOWN = 300;
    private static final int BEGINNING = 60;
    /** Their values are each server's own. */
    private static final Set<String> OWN = Set.of("UIDVALIDITY", "HIGHESTMODSEQ", "MODSEQ", "MAILBOXID", "EMAILID", "THREADID", "SAVEDATE");

    private static final Set<String> ENCODINGS = Set.of("7bit", "8bit", "base64", "quoted-printable");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d-MMM-yyyy HH:mm:ss Z", Locale.ROOT);

    private final String text;
    private int at;

    private CanonicalResponse(String text) {
        this.text = text;
    }

    /** Of an untagged response, or a tagged one without its tag; literals stand inside of it. */
    static String of(String response) {
        if (response.startsWith("+")) {
            return "+";
        }
        return new CanonicalResponse(response).render();
    }

    private String render() {
        List<Object> tokens = tokens('\0');
        int first = tokens.getFirst().equals("*") ? 1 : 0;
        String kind = String.valueOf(tokens.get(first)).toUpperCase(Locale.ROOT);
        if (Set.of("OK", "NO", "BAD", "BYE", "PREAUTH").contains(kind)) {
            return status(first == 1 ? "* " + kind : kind, tokens, first);
        }
        if (kind.equals("CAPABILITY") || kind.equals("ENABLED")) {
            return "* " + kind + tokens.subList(2, tokens.size()).stream().map(token -> " " + token).sorted().collect(Collectors.joining());
        }
        if (Set.of("LIST", "LSUB", "STATUS").contains(kind)) {
            return names(tokens);
        }
        if (kind.equals("ESEARCH")) {
            return "* ESEARCH " + results(tokens.subList(2, tokens.size()));
        }
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i) instanceof List<?> list) {
                boolean pairs = tokens.size() == 4 && "FETCH".equals(tokens.get(2));
                tokens.set(i, pairs ? pairs(list) : kind.equals("FLAGS") ? sorted(list) : list);
            }
        }
        return tokens.stream().map(CanonicalResponse::show).collect(Collectors.joining(" "));
    }

    /** The code only (RFC 3501 §7.1), for the words behind it are for people. */
    private String status(String kind, List<Object> tokens, int first) {
        if (tokens.size() <= first + 1 || !(tokens.get(first + 1) instanceof String code) || !code.startsWith("[")) {
            return kind;
        }
        String inner = code.substring(1, code.length() - 1);
        String name = inner.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        return kind + " [" + switch (name) {
            case "UIDVALIDITY", "HIGHESTMODSEQ", "MAILBOXID" -> name + " _";
            case "APPENDUID", "COPYUID" -> inner.replaceFirst(" \\d+", " _");
            case "PERMANENTFLAGS" -> name + " " + show(sorted((List<?>) new CanonicalResponse(inner).tokens('\0').get(1)));
            case "CAPABILITY" -> name;
            default -> inner;
        } + "]";
    }

    /** RFC 9051 §7.3.4: the tag and UID, then pairs; the highest MODSEQ is the server's own. */
    private static String results(List<Object> tokens) {
        int uid = tokens.indexOf("UID");
        return (uid < 0 ? "" : "UID ") + pairs(tokens.subList(uid < 0 ? 1 : 2, tokens.size())).stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    private static String names(List<Object> tokens) {
        StringBuilder line = new StringBuilder("*");
        for (Object token : tokens.subList(1, tokens.size())) {
            line.append(' ');
            if (token instanceof Quoted quoted) {
                line.append(visible(quoted.value));
            } else {
                line.append(token instanceof List<?> list ? show(tokens.get(1).equals("STATUS") ? pairs(list) : sorted(list)) : token.toString());
            }
        }
        return line.toString();
    }

    private static List<Object> sorted(List<?> list) {
        return list.stream().sorted((one, other) -> show(one).compareToIgnoreCase(show(other))).map(Object.class::cast).toList();
    }

    /** Names and values, by name. */
    private static List<Object> pairs(List<?> list) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i + 1 < list.size(); i += 2) {
            String name = list.get(i).toString().toUpperCase(Locale.ROOT);
            Object value = list.get(i + 1);
            pairs.add(name + " " + (OWN.contains(name) ? "_" : show(item(name, value))));
        }
        return pairs.stream().sorted().map(Object.class::cast).toList();
    }

    private static Object item(String name, Object value) {
        return switch (name) {
            case "FLAGS" -> sorted((List<?>) value);
            case "INTERNALDATE" -> ZonedDateTime.parse(value.toString().strip(), DATE).toInstant();
            case "BODY", "BODYSTRUCTURE" -> structure((List<?>) value);
            default -> value;
        };
    }

    /** RFC 2045 §5.1 and §6.1: parameters have no order, and encodings no case; a text without a charset is in US-ASCII (RFC 2046 §4.1.2). */
    private static Object structure(Object part) {
        if (part instanceof Quoted quoted) {
            return ENCODINGS.contains(quoted.value.toLowerCase(Locale.ROOT)) ? new Quoted(quoted.value.toLowerCase(Locale.ROOT)) : part;
        }
        if (!(part instanceof List<?> list)) {
            return part;
        }
        if (list.size() % 2 == 0 && list.stream().allMatch(Quoted.class::isInstance)) {
            List<Object> parameters = parameters(list);
            return parameters.isEmpty() ? "NIL" : parameters;
        }
        return list.stream().map(CanonicalResponse::structure).toList();
    }

    private static List<Object> parameters(List<?> list) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < list.size(); i += 2) {
            shown.add(show(list.get(i)) + " " + show(list.get(i + 1)));
        }
        shown.remove("\"charset\" \"us-ascii\"");
        return shown.stream().sorted().map(Object.class::cast).toList();
    }

    private List<Object> tokens(char end) {
        List<Object> tokens = new ArrayList<>();
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next == end) {
                at++;
                return tokens;
            }
            if (next == ' ') {
                at++;
            } else if (next == '(') {
                at++;
                tokens.add(tokens(')'));
            } else if (next == '"') {
                tokens.add(quoted());
            } else if (next == '{' || next == '~') {
                tokens.add(literal());
            } else {
                tokens.add(atom());
            }
        }
        return tokens;
    }

    private Quoted quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\') {
                at++;
            }
            value.append(text.charAt(at));
        }
        at++;
        return new Quoted(value.toString());
    }

    private Quoted literal() {
        int brace = text.indexOf('{', at);
        int close = text.indexOf('}', at);
        int begin = close + 1;
        at = begin + Integer.parseInt(text.substring(brace + 1, close));
        return new Quoted(text.substring(begin, at));
    }

    /** A section in brackets, spaces and all, is part of it. */
    private String atom() {
        int begin = at;
        boolean bracket = false;
        while (at < text.length() && (bracket || " ()\"".indexOf(text.charAt(at)) < 0)) {
            if (text.charAt(at) == '[') {
                bracket = true;
            } else if (text.charAt(at) == ']') {
                bracket = false;
            }
            at++;
        }
        return at == begin ? text.substring(at, ++at) : text.substring(begin, at);
    }

    private static String show(Object token) {
        return switch (token) {
            case List<?> list -> list.stream().map(CanonicalResponse::show).collect(Collectors.joining(" ", "(", ")"));
            case Quoted quoted -> "\"" + visible(quoted.value) + "\"";
            default -> token.toString();
        };
    }

    /** In ASCII; of long ones the beginning and a checksum. */
    static String visible(String value) {
        StringBuilder shown = new StringBuilder();
        for (char octet : (value.length() > SHOWN ? value.substring(0, BEGINNING) : value).toCharArray()) {
            switch (octet) {
                case '\r' -> shown.append("\\r");
                case '\n' -> shown.append("\\n");
                default -> shown.append(octet >= ' ' && octet < 0x7f ? "" + octet : "\\x" + HexFormat.of().toHexDigits((byte) octet));
            }
        }
        if (value.length() > SHOWN) {
            CRC32 sum = new CRC32();
            sum.update(value.getBytes(StandardCharsets.ISO_8859_1));
            shown.append("...<").append(value.length()).append(" octets, CRC ").append(Long.toHexString(sum.getValue())).append('>');
        }
        return shown.toString();
    }

    /** A string, however it was sent. */
    private record Quoted(String value) {

        @Override
        public String toString() {
            return value;
        }
    }
}
