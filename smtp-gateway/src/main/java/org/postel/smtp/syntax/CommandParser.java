package org.postel.smtp.syntax;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postel.mail.AddressParser;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.ForwardPath;
import org.postel.mail.ReversePath;
import org.postel.smtp.syntax.SmtpCommand.Auth;
import org.postel.smtp.syntax.SmtpCommand.Bdat;
import org.postel.smtp.syntax.SmtpCommand.Data;
import org.postel.smtp.syntax.SmtpCommand.Ehlo;
import org.postel.smtp.syntax.SmtpCommand.Etrn;
import org.postel.smtp.syntax.SmtpCommand.Expn;
import org.postel.smtp.syntax.SmtpCommand.Help;
import org.postel.smtp.syntax.SmtpCommand.Helo;
import org.postel.smtp.syntax.SmtpCommand.Lhlo;
import org.postel.smtp.syntax.SmtpCommand.Noop;
import org.postel.smtp.syntax.SmtpCommand.Quit;
import org.postel.smtp.syntax.SmtpCommand.Rset;
import org.postel.smtp.syntax.SmtpCommand.StartTls;
import org.postel.smtp.syntax.SmtpCommand.Vrfy;

/** Reads one command line, without its CRLF: RFC 5321 §4.1.1. Stateless. */
public final class CommandParser {

    private static final Pattern HTTP = Pattern.compile(
        "(?i)(GET|POST|PUT|HEAD|OPTIONS|DELETE|PATCH|CONNECT|TRACE|PRI) .*|(Host|User-Agent|Content-Type|Content-Length|Accept):.*");
    // mechanism = 1*20( UPPER-ALPHA / DIGIT / "-" / "_" ) ; RFC 4422 §3.1; verbs and arguments of SMTP are in any case.
    private static final Pattern MECHANISM = Pattern.compile("[A-Za-z0-9_-]{1,20}");
    // chunk-size ::= 1*DIGIT ; RFC 3030 §2. Nobody waits for a chunk that does not fit in 18 digits.
    private static final Pattern CHUNK = Pattern.compile("(\\d{1,18})( (?i:LAST))?");
    private static final Pattern TRAILING_SPACE = Pattern.compile("[ \\t]+$");

    private final Set<Leniency> tolerated;

    public CommandParser(Set<Leniency> tolerated) {
        this.tolerated = Set.copyOf(tolerated);
    }

    /** Never throws for what a peer sent. */
    public Parsed parse(byte[] line) {
        Optional<String> decoded = decode(line);
        if (decoded.isEmpty()) {
            return refused(SyntaxReplies.NOT_UTF8);
        }
        // RFC 5321 §4.1.1: trailing white space is tolerated.
        String text = TRAILING_SPACE.matcher(decoded.get()).replaceFirst("");
        if (HTTP.matcher(text).matches()) {
            return new Parsed.NotSmtp();
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return refused(SyntaxReplies.CONTROL_CHARACTER);
        }
        int space = text.indexOf(' ');
        String verb = space < 0 ? text : text.substring(0, space);
        return command(verb.toUpperCase(Locale.ROOT), space < 0 ? "" : text.substring(space + 1));
    }

    private Parsed command(String verb, String argument) {
        return switch (verb) {
            case "HELO" -> hello(argument, Helo::new);
            case "EHLO" -> hello(argument, Ehlo::new);
            case "LHLO" -> hello(argument, Lhlo::new);
            case "MAIL" -> mail(argument);
            case "RCPT" -> rcpt(argument);
            case "DATA" -> bare(argument, new Data());
            case "BDAT" -> bdat(argument);
            case "RSET" -> bare(argument, new Rset());
            case "QUIT" -> bare(argument, new Quit());
            case "STARTTLS" -> bare(argument, new StartTls());
            case "NOOP" -> accepted(new Noop());
            case "HELP" -> accepted(new Help());
            case "VRFY" -> asking(argument, new Vrfy());
            case "EXPN" -> asking(argument, new Expn());
            case "ETRN" -> asking(argument, new Etrn());
            case "AUTH" -> auth(argument);
            default -> refused(SyntaxReplies.UNKNOWN_COMMAND);
        };
    }

    // ehlo = "EHLO" SP ( Domain / address-literal ) CRLF
    private static Parsed hello(String argument, Function<ClientName, SmtpCommand> command) {
        return ClientName.parse(argument).<Parsed>map(name -> accepted(command.apply(name))).orElse(refused(SyntaxReplies.NO_CLIENT_NAME));
    }

    // mail = "MAIL FROM:" Reverse-path [SP Mail-parameters] CRLF
    private Parsed mail(String argument) {
        Set<Leniency> used = EnumSet.noneOf(Leniency.class);
        Optional<String> rest = afterKeyword("FROM:", argument, used);
        if (rest.isEmpty()) {
            return refused(SyntaxReplies.MAIL_SYNTAX);
        }
        try {
            AddressParser parser = new AddressParser(rest.get());
            ReversePath from = parser.reversePath();
            return MailParameters.read(from, rest.get().substring(parser.position()), used);
        } catch (AddressSyntaxException e) {
            return refused(SyntaxReplies.badSender(e.fault()));
        }
    }

    // rcpt = "RCPT TO:" ( "<Postmaster>" / Forward-path ) [SP Rcpt-parameters] CRLF
    private Parsed rcpt(String argument) {
        Set<Leniency> used = EnumSet.noneOf(Leniency.class);
        Optional<String> rest = afterKeyword("TO:", argument, used);
        if (rest.isEmpty()) {
            return refused(SyntaxReplies.RCPT_SYNTAX);
        }
        try {
            AddressParser parser = new AddressParser(rest.get());
            ForwardPath to = parser.forwardPath();
            return RcptParameters.read(to, rest.get().substring(parser.position()), used);
        } catch (AddressSyntaxException e) {
            return refused(SyntaxReplies.badRecipient(e.fault()));
        }
    }

    private Optional<String> afterKeyword(String keyword, String argument, Set<Leniency> used) {
        if (!argument.regionMatches(true, 0, keyword, 0, keyword.length())) {
            return Optional.empty();
        }
        String rest = argument.substring(keyword.length());
        if (rest.startsWith(" ") && tolerated.contains(Leniency.SPACE_AFTER_COLON)) {
            used.add(Leniency.SPACE_AFTER_COLON);
            rest = rest.stripLeading();
        }
        return Optional.of(rest);
    }

    // "AUTH" SP sasl-mech [SP initial-response] ; RFC 4954 §8
    private static Parsed auth(String argument) {
        String[] words = argument.split(" ", -1);
        if (words.length > 2 || !MECHANISM.matcher(words[0]).matches()) {
            return refused(SyntaxReplies.AUTH_SYNTAX);
        }
        Optional<String> initial = words.length == 2 ? Optional.of(words[1]) : Optional.empty();
        return accepted(new Auth(words[0].toUpperCase(Locale.ROOT), initial));
    }

    // "BDAT" SP chunk-size [ SP "LAST" ] ; RFC 3030 §2
    private static Parsed bdat(String argument) {
        Matcher chunk = CHUNK.matcher(argument);
        return chunk.matches() ? accepted(new Bdat(Long.parseLong(chunk.group(1)), chunk.group(2) != null)) : new Parsed.OutOfStep(SyntaxReplies.BDAT_SYNTAX);
    }

    private static Parsed bare(String argument, SmtpCommand command) {
        return argument.isEmpty() ? accepted(command) : refused(SyntaxReplies.NO_ARGUMENT);
    }

    private static Parsed asking(String argument, SmtpCommand command) {
        return argument.isBlank() ? refused(SyntaxReplies.NEEDS_ARGUMENT) : accepted(command);
    }

    // A decoder refuses what new String() would replace: overlong forms, surrogates, lone octets.
    private static Optional<String> decode(byte[] line) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Parsed accepted(SmtpCommand command) {
        return new Parsed.Command(command, Set.of());
    }

    private static Parsed refused(Reply reply) {
        return new Parsed.Refused(reply);
    }
}
