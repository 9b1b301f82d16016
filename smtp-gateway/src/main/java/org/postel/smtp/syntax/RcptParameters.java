package org.postel.smtp.syntax;

import java.util.Optional;
import java.util.Set;
import org.postel.mail.AddressSyntaxException.Fault;
import org.postel.mail.ForwardPath;
import org.postel.smtp.syntax.RcptDsn.Notify;
import org.postel.smtp.syntax.SmtpCommand.Rcpt;

/** Reads what may follow the path of RCPT: {@code Rcpt-parameters = esmtp-param *(SP esmtp-param)}, RFC 5321 §4.1.2. */
final class RcptParameters {

    private Set<Notify> when = Set.of();
    private String orcpt = "";

    private RcptParameters() {
    }

    static Parsed read(ForwardPath to, String text, Set<Leniency> used) {
        if (!text.isEmpty() && !text.startsWith(" ")) {
            return new Parsed.Refused(SyntaxReplies.badRecipient(Fault.SYNTAX));
        }
        RcptParameters parameters = new RcptParameters();
        Optional<Reply> fault = EsmtpParameters.read(text, parameters::take);
        if (fault.isPresent()) {
            return new Parsed.Refused(fault.get());
        }
        return new Parsed.Command(new Rcpt(to, new RcptDsn(parameters.when, parameters.orcpt)), used);
    }

    private Optional<Reply> take(String keyword, Optional<String> value) {
        return switch (keyword) {
            case "NOTIFY" -> notify(value.orElse(""));
            case "ORCPT" -> orcpt(value.orElse(""));
            default -> Optional.of(SyntaxReplies.UNKNOWN_PARAMETER);
        };
    }

    private Optional<Reply> notify(String value) {
        Optional<Set<Notify>> list = RcptDsn.readNotify(value);
        list.ifPresent(read -> when = read);
        return list.isPresent() ? Optional.empty() : Optional.of(SyntaxReplies.BAD_PARAMETER);
    }

    private Optional<Reply> orcpt(String value) {
        if (!RcptDsn.isOrcpt(value)) {
            return Optional.of(SyntaxReplies.BAD_PARAMETER);
        }
        orcpt = value;
        return Optional.empty();
    }
}
