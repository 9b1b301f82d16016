package org.postel.mailbox.store;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/** Which flags a message may be given: the system flags of RFC 9051 §2.3.2, and keywords that are atoms, up to a number. */
final class FlagRules {

    private static final Set<String> SYSTEM = Set.of("\\seen", "\\answered", "\\flagged", "\\deleted", "\\draft");
    private static final String SPECIALS = "(){%*\"\\]";
    private static final int LONGEST = 128;

    private FlagRules() {}

    static void check(List<String> flags, Standing now) {
        flags.forEach(FlagRules::check);
        long more = flags.stream().filter(flag -> flag.charAt(0) != '\\' && now.state().flag(flag).isEmpty()).count();
        if (more > 0 && now.state().flags().stream().filter(flag -> flag.charAt(0) != '\\').count() + more > now.limits().keywords()) {
            throw new StoreException(Problem.LIMIT, "too many keywords in the mailbox");
        }
    }

    private static void check(String flag) {
        if (!SYSTEM.contains(flag.toLowerCase(Locale.ROOT)) && !isKeyword(flag)) {
            throw new StoreException(Problem.INVALID, "not a flag that can be set");
        }
    }

    /** {@code atom = 1*<any CHAR except atom-specials>} */
    private static boolean isKeyword(String flag) {
        return !flag.isEmpty() && flag.length() <= LONGEST
                && flag.chars().allMatch(c -> c > ' ' && c < 0x7f && SPECIALS.indexOf(c) < 0);
    }
}
