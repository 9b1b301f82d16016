package org.postel.smtp.syntax;

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

    private OptionalLong size = OptionalLong.empty();
    private BodyType body = BodyType.SEVEN_BIT;
    private boolean smtputf8;
    private boolean requireTls;
    private String ret = "";
    private String envid = "";

    private MailParameters() {
    }

    static Parsed read(ReversePath from, String text, Set<Leniency> used) {
        if (!text.isEmpty() && !text.startsWith(" ")) {
            return new Parsed.Refused(SyntaxReplies.badSender(Fault.SYNTAX));
        }
        MailParameters parameters = new MailParameters();
        Optional<Reply> fault = EsmtpParameters.read(text, parameters::take);
        if (fault.isPresent()) {
            return new Parsed.Refused(fault.get());
        }
        if (from.international() && !parameters.smtputf8) {
            return new Parsed.Refused(SyntaxReplies.SENDER_NEEDS_SMTPUTF8);
        }
        MailDsn dsn = new MailDsn(parameters.ret, parameters.envid);
        return new Parsed.Command(new Mail(from, parameters.size, parameters.body, parameters.smtputf8, dsn, parameters.requireTls), used);
    }

    private Optional<Reply> take(String keyword, Optional<String> value) {
        return switch (keyword) {
            case "SIZE" -> size(value.orElse(""));
            case "BODY" -> body(value.orElse(""));
            case "SMTPUTF8" -> smtputf8(value);
            case "REQUIRETLS" -> requireTls(value);
            case "AUTH" -> auth(value.orElse(""));
            case "RET" -> ret(value.orElse(""));
            case "ENVID" -> envid(value.orElse(""));
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

    private Optional<Reply> smtputf8(Optional<String> value) {
        smtputf8 = true;
        return value.isEmpty() ? Optional.empty() : Optional.of(SyntaxReplies.BAD_PARAMETER);
    }

    // RFC 8689 §2: a keyword without a value
    private Optional<Reply> requireTls(Optional<String> value) {
        requireTls = true;
        return value.isEmpty() ? Optional.empty() : Optional.of(SyntaxReplies.BAD_PARAMETER);
    }

    // AUTH=xtext or AUTH=<>. RFC 4954 §5: read, and not believed: no client is trusted to speak for another.
    private static Optional<Reply> auth(String value) {
        return XTEXT.matcher(value).matches() || value.equals("<>") ? Optional.empty() : Optional.of(SyntaxReplies.BAD_PARAMETER);
    }

    // ret-value = "FULL" / "HDRS" ; RFC 3461 §4.3
    private Optional<Reply> ret(String value) {
        ret = value.toUpperCase(Locale.ROOT);
        return MailDsn.RET.matcher(ret).matches() ? Optional.empty() : Optional.of(SyntaxReplies.BAD_PARAMETER);
    }

    // envid-parameter = "ENVID=" xtext ; RFC 3461 §4.4
    private Optional<Reply> envid(String value) {
        envid = value;
        return MailDsn.ENVID.matcher(value).matches() ? Optional.empty() : Optional.of(SyntaxReplies.BAD_PARAMETER);
    }
}
