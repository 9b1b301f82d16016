package org.postel.smtp.syntax;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What follows the path of MAIL and RCPT: {@code esmtp-param *(SP esmtp-param)}, RFC 5321 §4.1.2. */
final class EsmtpParameters {

    /** Takes one, the keyword in upper case; the reply that refuses it, or empty. */
    @FunctionalInterface
    interface Taker {

        /** @param value empty where no {@code =} follows the keyword */
        Optional<Reply> take(String keyword, Optional<String> value);
    }

    private EsmtpParameters() {
    }

    /** Hands over each; the first refusal, or empty. A keyword that stands twice is one. */
    static Optional<Reply> read(String text, Taker taker) {
        Set<String> seen = new HashSet<>();
        for (String parameter : text.isBlank() ? new String[0] : text.strip().split(" +")) {
            // esmtp-param = esmtp-keyword ["=" esmtp-value]
            int equals = parameter.indexOf('=');
            String keyword = (equals < 0 ? parameter : parameter.substring(0, equals)).toUpperCase(Locale.ROOT);
            Optional<String> value = equals < 0 ? Optional.empty() : Optional.of(parameter.substring(equals + 1));
            Optional<Reply> fault = seen.add(keyword) ? taker.take(keyword, value) : Optional.of(SyntaxReplies.BAD_PARAMETER);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }
}
