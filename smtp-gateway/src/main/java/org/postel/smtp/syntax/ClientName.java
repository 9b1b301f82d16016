package org.postel.smtp.syntax;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client calls itself in HELO or EHLO: RFC 5321 §4.1.1.1, {@code Domain / address-literal}.
 *
 * <p>RFC 5321 §4.1.4 forbids refusing mail because the name does not check out, and devices send names with underscores,
 * so any word is taken that can stand in a Received line without being read as anything else.
 *
 * @param text 1 to 255 visible ASCII characters
 */
public record ClientName(String text) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._~+-]{1,255}|\\[[A-Za-z0-9.:%_-]{1,100}]");

    /** @throws IllegalArgumentException when it is no such word */
    public ClientName {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("not a client name");
        }
    }

    static Optional<ClientName> parse(String text) {
        return NAME.matcher(text).matches() ? Optional.of(new ClientName(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
