package org.postel.pop3.syntax;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keywords of POP3; also the label of a command in metrics. */
public enum Verb {
    /** RFC 1939 §7. */
    USER,
    /** RFC 1939 §7. */
    PASS,
    /** RFC 1939 §7; not offered: it needs the password in clear on the server. */
    APOP,
    /** RFC 5034 §4. */
    AUTH,
    /** RFC 2595 §4. */
    STLS,
    /** RFC 2449 §5. */
    CAPA,
    /** RFC 1939 §5. */
    STAT,
    /** RFC 1939 §5. */
    LIST,
    /** RFC 1939 §5. */
    RETR,
    /** RFC 1939 §5. */
    DELE,
    /** RFC 1939 §5. */
    NOOP,
    /** RFC 1939 §5. */
    RSET,
    /** RFC 1939 §7. */
    TOP,
    /** RFC 1939 §7. */
    UIDL,
    /** RFC 6856 §2.1. */
    UTF8,
    /** RFC 6856 §3. */
    LANG,
    /** RFC 1939 §4 and §6. */
    QUIT;

    private static final Map<String, Verb> BY_NAME = Stream.of(values()).collect(Collectors.toMap(Verb::name, Function.identity()));

    /** Keywords are case-insensitive (RFC 1939 §3). */
    static Optional<Verb> of(String keyword) {
        return Optional.ofNullable(BY_NAME.get(keyword.toUpperCase(Locale.ROOT)));
    }
}
