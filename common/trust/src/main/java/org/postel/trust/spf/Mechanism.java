package org.postel.trust.spf;

import java.util.Optional;

/** Whom a directive speaks of: RFC 7208 §5. Without a domain it is the one the record belongs to. */
sealed interface Mechanism {

    /** Everybody: §5.1. */
    record All() implements Mechanism {
    }

    /** Whoever passes for another domain: §5.2. */
    record Include(MacroString domain) implements Mechanism {
    }

    /** The hosts of a name: §5.3. */
    record A(Optional<MacroString> domain, Prefix prefix) implements Mechanism {
    }

    /** The mail exchangers of a domain: §5.4. */
    record Mx(Optional<MacroString> domain, Prefix prefix) implements Mechanism {
    }

    /** Whose reverse name is within a domain, and leads back: §5.5. */
    record Ptr(Optional<MacroString> domain) implements Mechanism {
    }

    /** A network: §5.6. */
    record Ip(Network network) implements Mechanism {
    }

    /** Whenever a name has an address: §5.7. */
    record Exists(MacroString domain) implements Mechanism {
    }
}
