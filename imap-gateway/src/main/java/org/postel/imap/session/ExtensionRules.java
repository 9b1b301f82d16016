package org.postel.imap.session;

import java.util.Optional;
import java.util.Set;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.QuickResync;
import org.postel.imap.syntax.SequenceSet;

/** What must not be said before, or after, an extension was turned on. */
public final class ExtensionRules {

    private static final Completion ENABLE_QRESYNC = Completion.bad("ENABLE QRESYNC first");
    private static final Completion UID_REQUIRED = Completion.bad("UIDREQUIRED", "Message numbers were given up by ENABLE UIDONLY");

    private static final Completion ONE_CHARSET = Completion.bad("After ENABLE UTF8=ACCEPT the charset is UTF-8");

    private ExtensionRules() {
    }

    /** The refusal, if there is a reason for one: RFC 6855 §3, RFC 7162 §3.2.3, RFC 9586 §3. */
    public static Optional<Completion> refusal(Set<Extension> enabled, ImapCommand command) {
        if (!enabled.contains(Extension.QRESYNC) && (resync(command).isPresent() || vanished(command))) {
            return Optional.of(ENABLE_QRESYNC);
        }
        // Not SORT and THREAD, which have to name one (RFC 5256 §3).
        if (enabled.contains(Extension.UTF8_ACCEPT) && namesCharset(command)) {
            return Optional.of(ONE_CHARSET);
        }
        return enabled.contains(Extension.UIDONLY) && namesNumbers(command) ? Optional.of(UID_REQUIRED) : Optional.empty();
    }

    private static Optional<QuickResync> resync(ImapCommand command) {
        return switch (command) {
            case ImapCommand.Select select -> select.resync();
            case ImapCommand.Examine examine -> examine.resync();
            default -> Optional.empty();
        };
    }

    private static boolean namesCharset(ImapCommand command) {
        return (command instanceof ImapCommand.Search || command instanceof ImapCommand.Esearch)
                && ((ImapCommand.Finding) command).charset().isPresent();
    }

    private static boolean vanished(ImapCommand command) {
        return command instanceof ImapCommand.Fetch fetch && fetch.modifiers().vanished();
    }

    private static boolean namesNumbers(ImapCommand command) {
        return switch (command) {
            case ImapCommand.Fetch _, ImapCommand.Store _, ImapCommand.Copy _, ImapCommand.Move _, ImapCommand.Replace _ -> !command.uid();
            // RFC 5182 §2.1: $ stands for messages, by whatever they are named.
            case ImapCommand.Finding finding -> !finding.uid() || !finding.term().numbers().allMatch(SequenceSet::saved);
            default -> resync(command).flatMap(QuickResync::match).isPresent();
        };
    }
}
