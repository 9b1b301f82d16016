package org.postel.smtp.syntax;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.postel.mail.AddressSyntaxException.Fault;
import org.postel.mail.BodyType;
import org.postel.mail.ReversePath;
import org.postel.smtp.syntax.SmtpCommand.Mail;

/** Reads what may follow the path of MAIL: {@code Mail-parameters = esmtp-param *(SP esmtp-param)}, RFC 5321 §4.1.2. */
final class MailParameters {

    // size-value ::= 1*20DIGIT ; RFC 1870 §4. What does not fit in 18 digits is over every limit anyway.
    private static final Pattern SIZE = Pattern.compile("\\d{1,20}");
    private static final int LONG_DIGITS = 18;
    // xtext = *( xchar / hexchar ) ; RFC 3461 §4
    private static final Pattern XTEXT = Pattern.compile("([!-*,-<>-~]|\\+[0-9A-F]{2}){1,500}");

    private final Set<String> seen = new HashSet<>();
    private OptionalLong size = OptionalLong.empty();
    private BodyType body = BodyType.SEVEN_BIT;
    private boolean smtputf8;

    private MailParameters() {
    }

    static Parsed read(ReversePath from, String text, Set<Leniency> used) {
        if (!text.isEmpty() && !text.startsWith(" ")) {
            return new Parsed.Refused(SyntaxReplies.badSender(Fault.SYNTAX));
        }
        MailParameters parameters = new MailParameters();
        for (String parameter : text.isBlank() ? new String[0] : text.strip().split(" +")) {
            Optional<Reply> fault = parameters.take(parameter);
            if (fault.isPresent()) {
                return new Parsed.Refused(fault.get());
            }
        }
        if (from.international() && !parameters.smtputf8) {
            return new Parsed.Refused(SyntaxReplies.SENDER_NEEDS_SMTPUTF8);
        }
        return new Parsed.Command(new Mail(from, parameters.size, parameters.body, parameters.smtputf8), used);
    }

    // esmtp-param = esmtp-keyword ["=" esmtp-value]
    private Optional<Reply> take(String parameter) {
        int equals = parameter.indexOf('=');
        String keyword = (equals < 0 ? parameter : parameter.substring(0, equals)).toUpperCase(Locale.ROOT);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        if (!seen.add(keyword)) {
            return Optional.of(SyntaxReplies.BAD_PARAMETER);
        }
        return switch (keyword) {
            case "SIZE" -> size(value);
            case "BODY" -> body(value);
            case "SMTPUTF8" -> smtputf8(equals);
            case "AUTH" -> auth(value);
            default -> Optional.of(SyntaxReplies.UNKNOWN_PARAMETER);
        };
    }

    private Optional<Reply> size(String value) {
        if (!SIZE.matcher(value).matches()) {
            return Optional.of(SyntaxReplies.BAD_PARAMETER);
        }
        String digits = value.replaceFirst("^0+(?=.)", "");
        size = OptionalLong.of(digits.length() > LONG_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits));
        return Optional.empty();
    }

    private Optional<Reply> body(String value) {
        for (BodyType type : BodyType.values()) {
            if (type.keyword().equalsIgnoreCase(value)) {
                body = type;
                return Optional.empty();
            }
        }
        return Optional.of(SyntaxReplies.BAD_PARAMETER);
    }

    private Optional<Reply> smtputf8(int equals) {
        smtputf8 = true;
        return equals < 0 ? Optional.empty() : Optional.of(SyntaxReplies.BAD_PARAMETER);
    }

    // AUTH=xtext or AUTH=<>. RFC 4954 §5: read, and not believed: no client is trusted to speak for another.
    private static Optional<Reply> auth(String value) {
        return XTEXT.matcher(value).matches() || value.equals("<>") ? Optional.empty() : Optional.of(SyntaxReplies.BAD_PARAMETER);
    }
}
