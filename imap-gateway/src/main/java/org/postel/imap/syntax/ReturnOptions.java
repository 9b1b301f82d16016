package org.postel.imap.syntax;

import java.util.Optional;
import java.util.Set;

/**
 * What a client wants to be told of what was found: {@code RETURN (...)} of RFC 4731 §3.1, RFC 5182 §2.1, RFC 5267 §3 and
 * §4, and RFC 9394 §3.1.
 *
 * @param options never empty but for {@code partial}
 * @param partial the page of the results that is wanted
 */
public record ReturnOptions(Set<Option> options, Optional<Page> partial) {

    /** The names of the options as they are sent. CONTEXT is a hint that the same will be asked again, and changes nothing here. */
    public enum Option { MIN, MAX, ALL, COUNT, SAVE, CONTEXT, UPDATE }

    /** What RETURN () asks for (RFC 4731 §3.1). */
    public static final ReturnOptions ALL = new ReturnOptions(Set.of(Option.ALL), Optional.empty());

    public ReturnOptions {
        options = Set.copyOf(options);
    }

    public boolean asks(Option option) {
        return options.contains(option);
    }

    /** Whether anything is to be told; else what was found is only remembered. */
    public boolean tells() {
        return partial.isPresent() || !options.equals(Set.of(Option.SAVE));
    }
}
