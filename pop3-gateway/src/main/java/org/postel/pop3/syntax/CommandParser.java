package org.postel.pop3.syntax;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * One line to one command.
 *
 * <pre>
 * command = keyword *(SP param)          ; RFC 2449 §4
 * keyword = 3*4VCHAR                     ; case-insensitive
 * </pre>
 *
 * <p>Spaces at the end of a line are taken off, as some clients send them, but not from a password, which may end in one.
 */
public final class CommandParser {

    private static final Pattern HTTP = Pattern.compile(
            "(?:(?:GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|CONNECT|TRACE) .*|.* HTTP/\\d.*|Host:.*|PRI \\* .*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LANGUAGE_RANGE = Pattern.compile("\\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*");
    // Above any message number, so that it names no message.
    private static final int BEYOND = Integer.MAX_VALUE;
    private static final int DIGITS = 9;

    private CommandParser() {}

    /** @param line without its CRLF */
    public static Pop3Command parse(byte[] line) {
        Optional<String> text = text(line);
        if (text.isEmpty()) {
            return new Pop3Command.Unknown();
        }
        String whole = text.get();
        int space = whole.indexOf(' ');
        String keyword = space < 0 ? whole : whole.substring(0, space);
        String rest = space < 0 ? "" : whole.substring(space + 1);
        return Verb.of(keyword).map(verb -> command(verb, rest))
                .orElseGet(() -> HTTP.matcher(whole).matches() ? new Pop3Command.Http() : new Pop3Command.Unknown());
    }

    // UTF-8 without control characters: names and passwords need it (RFC 6856 §2.2), other arguments are ASCII anyway.
    private static Optional<String> text(byte[] line) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
            return text.chars().anyMatch(Character::isISOControl) ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    private static Pop3Command command(Verb verb, String rest) {
        String arguments = rest.stripTrailing();
        return switch (verb) {
            case USER -> arguments.isEmpty() ? new Pop3Command.Malformed(verb) : new Pop3Command.User(arguments);
            // RFC 1939 §7: all that follows is the password, spaces included.
            case PASS -> rest.isEmpty() ? new Pop3Command.Malformed(verb) : new Pop3Command.Pass(rest);
            case APOP -> new Pop3Command.Apop();
            case AUTH -> auth(arguments);
            case STLS -> bare(verb, arguments, Pop3Command.Stls::new);
            case CAPA -> bare(verb, arguments, Pop3Command.Capa::new);
            case STAT -> bare(verb, arguments, Pop3Command.Stat::new);
            case LIST -> arguments.isEmpty() ? new Pop3Command.ListAll() : numbered(verb, arguments, Pop3Command.List::new);
            case UIDL -> arguments.isEmpty() ? new Pop3Command.UidlAll() : numbered(verb, arguments, Pop3Command.Uidl::new);
            case RETR -> numbered(verb, arguments, Pop3Command.Retr::new);
            case DELE -> numbered(verb, arguments, Pop3Command.Dele::new);
            case TOP -> top(arguments);
            case NOOP -> bare(verb, arguments, Pop3Command.Noop::new);
            case RSET -> bare(verb, arguments, Pop3Command.Rset::new);
            case UTF8 -> bare(verb, arguments, Pop3Command.Utf8::new);
            case LANG -> lang(arguments);
            case QUIT -> bare(verb, arguments, Pop3Command.Quit::new);
        };
    }

    private static Pop3Command bare(Verb verb, String arguments, Supplier<Pop3Command> command) {
        return arguments.isEmpty() ? command.get() : new Pop3Command.Malformed(verb);
    }

    private static Pop3Command numbered(Verb verb, String arguments, IntFunction<Pop3Command> command) {
        int number = number(arguments);
        return number < 0 ? new Pop3Command.Malformed(verb) : command.apply(number);
    }

    /** {@code "AUTH" SP mechanism [SP initial-response]} (RFC 5034 §4). */
    private static Pop3Command auth(String arguments) {
        if (arguments.isEmpty()) {
            return new Pop3Command.AuthMechanisms();
        }
        String[] parts = arguments.split(" ", -1);
        if (parts.length > 2 || parts[0].isEmpty()) {
            return new Pop3Command.Malformed(Verb.AUTH);
        }
        return new Pop3Command.Auth(parts[0].toUpperCase(Locale.ROOT), parts.length == 2, parts.length == 2 ? parts[1] : "");
    }

    /** {@code "LANG" [SP ("*" / language-range)]} (RFC 6856 §3.2, RFC 4647 §2.1). */
    private static Pop3Command lang(String arguments) {
        if (arguments.isEmpty()) {
            return new Pop3Command.LangAll();
        }
        return LANGUAGE_RANGE.matcher(arguments).matches() ? new Pop3Command.Lang(arguments) : new Pop3Command.Malformed(Verb.LANG);
    }

    /** {@code "TOP" SP msg SP n} (RFC 1939 §7). */
    private static Pop3Command top(String arguments) {
        String[] parts = arguments.split(" ", -1);
        if (parts.length != 2 || number(parts[0]) < 0 || number(parts[1]) < 0) {
            return new Pop3Command.Malformed(Verb.TOP);
        }
        return new Pop3Command.Top(number(parts[0]), number(parts[1]));
    }

    // Negative where it is no number; one of too many digits is beyond every message.
    private static int number(String digits) {
        if (digits.isEmpty() || !digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            return -1;
        }
        return digits.length() > DIGITS ? BEYOND : Integer.parseInt(digits);
    }
}
